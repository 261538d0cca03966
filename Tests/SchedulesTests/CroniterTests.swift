import Dates
import Foundation
import MissionCore
import TestServers
import Testing

@testable import Schedules

/// PyPI's `croniter` says which minutes of the calendar are slots, Python's `zoneinfo` when zones come to them.
@Suite("Schedules and croniter", .timeLimit(.minutes(2)))
struct CroniterTests {
  private static let zones = [
    "America/Sao_Paulo", "America/New_York", "Europe/Lisbon", "Australia/Lord_Howe", "Africa/Casablanca",
  ]
  private static let python = ServerTools.path("python")
  private static let isThere = PythonReference.isThere(with: "croniter", interpreter: python)

  /// Slots that are walked in a stretch of the ten years.
  private static let walked = 8
  /// The stretches begin here, in days since 1970: 2015-01-01 to 2025-01-01, and the days of clock changes among them.
  private static let days = 16_436..<20_089

  @Test(
    "agree on 200 expressions, 5 zones and ten years, the gap of a clock change apart",
    .enabled(if: isThere, "croniter is missing: Tests/servers.sh installs it"))
  func agree() throws {
    var draw = SeededDraw(seed: 20_260_310)
    let expressions = (0..<200).map { _ in Self.expression(&draw) }
    let starts = try starts(&draw)
    let script = """
      from croniter import croniter
      from datetime import datetime, timedelta, timezone
      from zoneinfo import ZoneInfo
      epoch = datetime(1970, 1, 1)
      zones = [ZoneInfo(z) for z in \(Self.zones)]
      starts = \(starts)
      moments = {}
      def moment(minutes, z):
          # Of an hour that comes twice the first, and -1 for what no clock shows.
          key = (minutes, z)
          if key not in moments:
              local = epoch + timedelta(minutes=minutes)
              there = local.replace(tzinfo=zones[z], fold=0)
              utc = there.astimezone(timezone.utc)
              back = utc.astimezone(zones[z]).replace(tzinfo=None)
              moments[key] = int(utc.timestamp()) if back == local else -1
          return moments[key]
      for line in inputs:
          found = []
          for start in starts:
              walk = croniter(line.decode(), epoch + timedelta(minutes=start), implement_cron_bug=True)
              for _ in range(\(Self.walked)):
                  minutes = int((walk.get_next(datetime) - epoch).total_seconds()) // 60
                  if found and minutes <= found[-1][0]: continue
                  found.append((minutes, [moment(minutes, z) for z in range(len(zones))]))
          print(";".join(str(m) + "," + ",".join(map(str, at)) for m, at in found))
      """
    let answers = try PythonReference.run(
      script, on: expressions.map { Array($0.utf8) }, interpreter: Self.python)
    #expect(answers.count == expressions.count)
    let zones = try Self.zones.map(zone)
    var compared = 0
    var gaps = 0
    var different: [String] = []
    for (text, answer) in zip(expressions, answers) {
      let cron = try CronExpression(text)
      var found: [Int] = []
      for start in starts {
        var at = SlotLabel(minutes: start)
        for _ in 0..<Self.walked {
          at = try #require(cron.next(after: at))
          if at.minutes > found.last ?? .min { found.append(at.minutes) }
        }
      }
      let expected = answer.split(separator: ";").map { $0.split(separator: ",").compactMap { Int($0) } }
      #expect(found == expected.map { $0[0] }, "\(text)")
      for row in expected {
        let label = SlotLabel(minutes: row[0])
        for (zone, moment) in zip(zones, row.dropFirst()) {
          compared += 1
          if moment == -1 { gaps += 1 }
          if !Self.isSame(label, zone, moment) { different.append("\(text) \(label) \(zone.name) \(moment)") }
        }
      }
    }
    #expect(different.isEmpty, "\(different.count): \(different.prefix(20))")
    // Otherwise nothing was compared.
    #expect(compared > 300_000 && gaps > 1000, "\(compared) \(gaps)")
  }

  /// The documented difference: what no clock shows comes at the end of the gap.
  private static func isSame(_ label: SlotLabel, _ zone: Zone, _ moment: Int) -> Bool {
    let ours = label.moment(in: zone).milliseconds / 1000
    guard moment == -1 else { return ours == Int64(moment) }
    let shown = Int64(label.minutes) * 60
    return ours + Int64(zone.offset(at: ours)) > shown && ours - 1 + Int64(zone.offset(at: ours - 1)) < shown
  }

  /// Each third month, and 20 minutes before each clock change of the zones, on their own clocks.
  private func starts(_ draw: inout SeededDraw) throws -> [Int] {
    var starts = stride(from: Self.days.lowerBound, to: Self.days.upperBound, by: 90).map {
      $0 * 1440 + draw.below(1440)
    }
    for name in Self.zones {
      let zone = try zone(name)
      for seconds in stride(
        from: Int64(Self.days.lowerBound) * 86_400, to: Int64(Self.days.upperBound) * 86_400, by: 1800)
      where zone.offset(at: seconds) != zone.offset(at: seconds - 1800) {
        starts.append(Int(seconds - 1800 + Int64(zone.offset(at: seconds - 1800))) / 60 - 21)
      }
    }
    return starts.sorted()
  }

  /// Half of them dense, so that clock changes are met; half of them sparse.
  private static func expression(_ draw: inout SeededDraw) -> String {
    let days = ["*", "*", "*", "1", "15", "1-7", "*/2", "1,15", "10-20/3", "28", "31"]
    let months = ["*", "*", "*", "*", "1-6", "jan,jul", "*/3", "2-12/2", "mar-nov"]
    let weekdays = ["*", "*", "*", "mon-fri", "0", "7", "sat,sun", "1-5/2", "*/2", "fri"]
    let minute = ["0", "*/5", "*/15", "30", "\(draw.below(60))", "0-30/10", "5,35", "59"][draw.below(8)]
    let hour = ["*", "*", "0-4", "2", "1-3", "*/2", "\(draw.below(24))", "22-23", "0,12"][draw.below(9)]
    return
      "\(minute) \(hour) \(days[draw.below(days.count)]) \(months[draw.below(months.count)]) \(weekdays[draw.below(weekdays.count)])"
  }
}

/// A small generator: the same expressions each time.
private struct SeededDraw {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
}
