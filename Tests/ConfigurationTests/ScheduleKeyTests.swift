import Configuration
import Foundation
import KeyTable
import MissionCore
import Schedules
import Testing

@Suite("Schedules of the configuration", .timeLimit(.minutes(1)))
struct ScheduleKeyTests {
  private static let sources = """
    sources:
      default: {kind: worker}
      jobs: {kind: command, command: ["true"], parameters: {tipo: [reag, master], conta: {type: integer, required: true}}}

    """
  private static let media = "media_type: video, languages: [pt]"

  private func text(_ entries: [String], before: String = "", sources: String = Self.sources) -> String {
    before + "schedules:\n" + entries.map { "  - \($0)\n" }.joined() + sources
  }

  private func load(_ entries: [String], before: String = "") throws -> Configuration {
    var fixture = Fixture(adding: text(entries, before: before))
    for name in ["America/Sao_Paulo", "Europe/Lisbon"] { fixture.zones.append(name) }
    return try fixture.load()
  }

  private func problems(_ entries: String...) -> [String] { Fixture(adding: text(entries)).problems() }

  @Test("have defaults, and everything")
  func read() throws {
    var configuration = try load(["{name: nightly, cron: \"0 2 * * *\", \(Self.media)}"])
    var (schedule, line) = try #require(configuration.schedules.first)
    #expect(schedule.name == "nightly" && schedule.cron.text == "0 2 * * *" && line == 2)
    #expect(schedule.zone == .utc && schedule.days == .today && schedule.catchUp == .latest)
    #expect(schedule.isActive && schedule.source == "default" && schedule.mediaType == .video)
    #expect(schedule.languages == ["pt"] && schedule.priority == 0 && schedule.parameters.isEmpty)
    #expect(configuration.activeSchedules == ["nightly"])
    configuration = try load(
      [
        "{name: a, cron: \"* * * * *\", time_zone: Europe/Lisbon, source: jobs, days: -7d..yesterday, catch_up: all, "
          + "priority: -3, parameters: {conta: 7, tipo: [reag, master]}, active: false}",
        "{name: b, cron: 5 4 * * sun, source: jobs, catch_up: none, days: -3d, parameters: {conta: [1, 2]}}",
      ], before: "time_zone: America/Sao_Paulo\n")
    (schedule, line) = configuration.schedules[0]
    #expect(schedule.zone.name == "Europe/Lisbon" && !schedule.isActive && schedule.catchUp == .all)
    #expect(
      "\(schedule.days)" == "-7d..yesterday" && schedule.priority == -3 && schedule.missionsPerSlot == 2)
    #expect(schedule.parameters.map(\.values) == [[.integer(7)], [.text("reag"), .text("master")]])
    (schedule, line) = configuration.schedules[1]
    #expect(schedule.zone.name == "America/Sao_Paulo" && line == 4 && schedule.catchUp == .none)
    #expect("\(schedule.days)" == "-3d" && schedule.mediaType == nil && schedule.languages == [])
    #expect(configuration.activeSchedules == ["b"])
    // What is shown means the same.
    let shown = configuration.rendered()
    for word in ["5 4 * * sun", "-7d..yesterday", "catch_up: none", "active: false", "Europe/Lisbon"] {
      #expect(shown.contains(word), "\(word): \(shown)")
    }
  }

  @Test(
    "say what is wrong with its place, all at once",
    arguments: [
      (
        "{cron: 61 24 * * *, source: nobody, days: tomorrow, catch_up: some}",
        [
          "2:5: schedules[0].name is missing",
          "2:12: schedules[0].cron has the minute \"61\"; accepted: 0-59, a range as 0-30, a step as */15 or 0-30/10, "
            + "several with commas, *; has the hour \"24\"; accepted: 0-23, a range as 8-18, a step as */6 or 8-18/2, "
            + "several with commas, *",
          "2:33: schedules[0].source nobody is none of sources; there are default, jobs",
          "2:47: schedules[0].days must be a day (today, yesterday or -7d) or two with .. between them, the earlier one "
            + "first (-7d..yesterday), got tomorrow",
          "2:67: schedules[0].catch_up must be none or latest or all, got some",
        ]
      ),
      (
        "{name: n, cron: \"0 0 * foo 8\", MEDIA}",
        [
          "2:21: schedules[0].cron has the month \"foo\"; accepted: 1-12 or jan-dec, a range as jan-mar, a step as */3, "
            + "several with commas, *; has the day of week \"8\"; accepted: 0-7 (0 and 7 are Sunday) or sun-sat, a range as "
            + "mon-fri, a step as */2, several with commas, *"
        ]
      ),
      (
        "{name: n, cron: \"0 17-9 * * *\", MEDIA}",
        [
          "2:21: schedules[0].cron has the hour \"17-9\", which ends before it begins; accepted: 0-23, a range as 8-18, a "
            + "step as */6 or 8-18/2, several with commas, *"
        ]
      ),
      (
        "{name: n, cron: \"*/0 0 3/2 * *\", MEDIA}",
        [
          "2:21: schedules[0].cron has the minute \"*/0\", whose step is too small or too large; accepted: 0-59, a range as "
            + "0-30, a step as */15 or 0-30/10, several with commas, *; has the day of month \"3/2\", a step of one number; "
            + "accepted: 1-31, a range as 1-7, a step as */2 or 1-31/7, several with commas, *"
        ]
      ),
      (
        "{name: n, cron: \"@daily\", MEDIA}",
        [
          "2:21: schedules[0].cron must be five fields (minute, hour, day of month, month, day of week) like 0 2 * * *, it "
            + "has 1"
        ]
      ),
      (
        "{name: n, cron: \"0 0 30 2 *\", MEDIA}",
        ["2:21: schedules[0].cron never comes: none of its months has such a day"]
      ),
      (
        "{name: Nightly, cron: \"0 0 * * *\"}",
        [
          "2:12: schedules[0].name must be a lower-case letter or digit, then up to 63 of a-z, 0-9, _ and -, got Nightly",
          "2:5: schedules[0].media_type is missing: the source default needs it",
          "2:5: schedules[0].languages is missing: the source default needs at least one",
        ]
      ),
      (
        "{name: n, cron: \"0 0 * * *\", source: jobs, parameters: {tipo: verde, cor: azul}}",
        [
          "2:67: schedules[0].parameters.tipo verde is no value of it; accepted: reag, master",
          "2:74: schedules[0].parameters.cor is no parameter of the source jobs; known here: tipo, conta",
          "2:60: schedules[0].parameters.conta is missing: the source jobs needs it",
        ]
      ),
      (
        "{name: n, cron: \"0 0 * * *\", MEDIA, time_zone: Mars/Olympus}",
        [
          "2:81: schedules[0].time_zone needs the time zone database, which is not in /usr/share/zoneinfo: install the "
            + "package tzdata, or write UTC, got Mars/Olympus"
        ]
      ),
      (
        "{name: n, cron: \"0 0 * * *\", MEDIA, every: day}",
        [
          "2:70: unknown key schedules[0].every; it belongs to missions"
        ]
      ),
    ])
  func wrong(entry: String, expected: [String]) {
    let found = problems(entry.replacing("MEDIA", with: Self.media))
    #expect(Set(found) == Set(expected), "\(found)")
  }

  @Test("two of one name, and a parameter that makes too many missions")
  func names() {
    let entry = "{name: n, cron: \"0 0 * * *\", \(Self.media)}"
    #expect(
      problems(entry, "{name: m, cron: \"0 0 * * *\", \(Self.media)}", entry) == [
        "4:12: schedules[2].name n is also the name of schedules[0]"
      ])
    let many = (1...400).map(String.init).joined(separator: ", ")
    let found = Fixture(
      adding: text(
        ["{name: n, cron: \"0 0 * * *\", source: jobs, parameters: {conta: [\(many)], seite: [\(many)]}}"],
        sources:
          "sources: {jobs: {kind: command, command: [\"true\"], parameters: {conta: integer, seite: integer}}}\n"
      )
    ).problems()
    #expect(
      found == [
        "2:60: schedules[0].parameters make more than 100000 missions of each slot: write several schedules"
      ])
  }

  @Test("retention is pruned after a run when there is something to prune")
  func prune() throws {
    let fixture = Fixture(adding: "retention: {missions: 30d, prune: after_run}")
    #expect(try fixture.load().retention.prune == .afterRun)
    #expect(try Fixture().load().retention.prune == nil)
    #expect(
      Fixture(adding: "retention: {prune: after_run}").problems() == [
        "1:20: retention.prune needs retention.missions or retention.events"
      ])
    #expect(
      Fixture(adding: "retention: {events: 3d, prune: nightly}").problems() == [
        "1:32: retention.prune must be after_run, got nightly"
      ])
  }
}
