import Foundation
import Testing

@testable import MissionCore

@Suite("Suspicious results", .timeLimit(.minutes(5)))
struct SuspicionDetectorTests {
  private let first = CalendarDay("2025-03-03")!  // a Monday

  private func history(_ records: [Int], missionDays: Int = 1) -> SliceHistory {
    SliceHistory(
      records.enumerated().map {
        .init(day: first.adding(days: $0.offset * missionDays), records: $0.element)
      }, missionDays: missionDays)
  }

  private func judge(_ records: Int, after past: [Int], missionDays: Int = 1) -> SuspicionVerdict {
    SuspicionDetector.judge(
      records: records, day: first.adding(days: past.count * missionDays),
      history(past, missionDays: missionDays))
  }

  @Test(
    "no records where there always were some, and far fewer, are suspicious, and what was expected is told")
  func plain() {
    let past = [Int](repeating: 40, count: 56)
    #expect(judge(0, after: past) == .suspicious(.empty, expected: 40))
    #expect(judge(4, after: past) == .suspicious(.thin, expected: 40))
    #expect(judge(25, after: past) == .ok)
    #expect(judge(400, after: past) == .ok)
  }

  @Test(
    "a weekday is compared with its like: closed on Sundays is no alarm, and quiet ones are expected to be quiet"
  )
  func weekdays() {
    let closed = (0..<55).map { $0 % 7 == 6 ? 0 : 60 }
    #expect(judge(0, after: Array(closed.prefix(55))) == .ok, "a Sunday")
    #expect(judge(0, after: Array(closed.prefix(49))) == .suspicious(.empty, expected: 60), "a Monday")
    let quiet = (0..<55).map { $0 % 7 == 6 ? 8 : 200 }
    #expect(judge(6, after: quiet) == .ok)
    #expect(judge(8, after: Array(quiet.prefix(49))) == .suspicious(.thin, expected: 200))
  }

  @Test("where empties are the slice's way one more is none's concern")
  func empties() {
    let past = (0..<56).map { [3, 17, 40].contains($0) ? 0 : 40 }
    #expect(judge(0, after: past) == .ok)
    #expect(judge(0, after: past.map { $0 }.enumerated().map { $0.offset == 3 ? 40 : $0.element }) != .ok)
  }

  @Test("with little history, or few records a day, only an empty one after seven that were not is told")
  func little() {
    #expect(judge(0, after: []) == .tooLittleHistory)
    #expect(judge(0, after: [50, 50, 50, 50, 50, 50]) == .tooLittleHistory)
    #expect(judge(0, after: [50, 50, 50, 50, 50, 50, 50]) == .suspicious(.empty, expected: 50))
    #expect(judge(1, after: [50, 50, 50, 50, 50, 50, 50]) == .tooLittleHistory)
    #expect(judge(0, after: [50, 50, 50, 0, 50, 50, 50, 50]) == .tooLittleHistory)
    let few = [Int](repeating: 2, count: 56)
    #expect(judge(0, after: few) == .suspicious(.empty, expected: 2))
    #expect(judge(1, after: few) == .tooLittleHistory)
    #expect(judge(0, after: few.dropLast() + [0]) == .tooLittleHistory)
  }

  @Test("missions of a week are compared with weeks")
  func weeks() {
    let past = [Int](repeating: 350, count: 8)
    #expect(judge(0, after: past, missionDays: 7) == .suspicious(.empty, expected: 350))
    #expect(judge(30, after: past, missionDays: 7) == .suspicious(.thin, expected: 350))
    #expect(judge(300, after: past, missionDays: 7) == .ok)
    #expect(judge(0, after: [900], missionDays: 31) == .tooLittleHistory)
  }

  /// Days of a slice: a mean with quiet weekends, half as much again at the year's end, the noise of counts and, beside
  /// it, `spread` from day to day, half of which stays for the next one.
  private func series(_ mean: Double, spread: Double, _ random: inout SeededRandom) -> [Int] {
    var shift = 0.0
    return (0..<300).map { day in
      shift = 0.5 * shift + spread * 0.75.squareRoot() * gauss(&random)
      let weekday = day % 7 >= 5 ? 0.6 : 1
      return poisson(
        mean * weekday * (1 + 0.5 * Double(day) / 365) * exp(shift - spread * spread / 2), &random)
    }
  }

  private func gauss(_ random: inout SeededRandom) -> Double {
    let (u, v) = (Double.random(in: 1e-12..<1, using: &random), Double.random(in: 0..<1, using: &random))
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
  }

  private func poisson(_ mean: Double, _ random: inout SeededRandom) -> Int {
    if mean > 100 { return max(0, Int((mean + mean.squareRoot() * gauss(&random)).rounded())) }
    var (count, product) = (0, Double.random(in: 0..<1, using: &random))
    let limit = exp(-mean)
    while product > limit {
      count += 1
      product *= Double.random(in: 0..<1, using: &random)
    }
    return count
  }

  private struct Rates {
    var judged = 0
    var falseAlarms = 0
    var empties = 0
    var thin = 0

    mutating func add(_ other: Rates) {
      judged += other.judged
      falseAlarms += other.falseAlarms
      empties += other.empties
      thin += other.thin
    }

    func share(_ count: Int) -> Double { Double(count) / Double(max(1, judged)) }
  }

  private func rates(_ mean: Double, spread: Double, _ random: inout SeededRandom) -> Rates {
    var rates = Rates()
    for _ in 0..<12 {
      let records = series(mean, spread: spread, &random)
      for day in stride(from: 60, to: 300, by: 3) {
        let past = SliceHistory(
          (day - 56..<day).map { .init(day: first.adding(days: $0), records: records[$0]) })
        func isFlagged(_ records: Int) -> Bool {
          let verdict = SuspicionDetector.judge(records: records, day: first.adding(days: day), past)
          if case .suspicious = verdict { return true }
          return false
        }
        rates.judged += 1
        if isFlagged(records[day]) { rates.falseAlarms += 1 }
        if isFlagged(0) { rates.empties += 1 }
        if isFlagged(poisson(Double(records[day]) / 10, &random)) { rates.thin += 1 }
      }
    }
    return rates
  }

  /// Stated rates, from 10 records a day on (the weekends of a mean of 17) to thousands, with 5 to 25 % of noise beside
  /// that of counts: 99 of 100 wrong empties, 85 of 100 thin days, 3 false alarms in 1,000 missions; the contract asks
  /// for 99, 70 and 5.
  @Test("on seeded series it finds wrong empties and thin days at the stated rates, with few false alarms")
  func seededSeries() {
    var random = SeededRandom(seed: 56)
    var all = Rates()
    for mean in [17.0, 25, 60, 300, 4000] {
      for spread in [0.05, 0.15, 0.25] {
        let found = rates(mean, spread: spread, &random)
        #expect(found.share(found.empties) >= 0.99, "\(mean) \(spread): \(found)")
        #expect(found.share(found.thin) >= 0.70, "\(mean) \(spread): \(found)")
        #expect(found.share(found.falseAlarms) <= 0.005, "\(mean) \(spread): \(found)")
        all.add(found)
      }
    }
    #expect(all.share(all.empties) >= 0.99 && all.share(all.thin) >= 0.85, "\(all)")
    #expect(all.share(all.falseAlarms) <= 0.003, "\(all)")
  }
}
