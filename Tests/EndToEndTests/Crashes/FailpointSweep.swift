import Foundation
import Synchronization

/// Plays a scenario with crashes at failpoints and gathers what does not hold.
struct FailpointSweep: Sendable {
  /// The crashes of one play, in their order.
  struct Course: Sendable {
    let crashes: [CrashPoint]

    /// How the course is played again by hand.
    var name: String { crashes.map(\.description).joined(separator: ",") }
  }

  /// What a course came to.
  struct Outcome: Sendable {
    let course: Course
    /// Crashes that happened; a point may be out of reach when threads take turns otherwise.
    var crashed = 0
    /// The failpoints that the last try of each phase came to.
    var recovered: [Int: FailpointCounts] = [:]
    var problems: [String] = []
  }

  let scenario: CrashScenario
  /// The failpoints of each phase when nothing is killed.
  let calm: [Int: FailpointCounts]
  private let reference: StateReading

  /// Plays the scenario undisturbed: its end is what the others are compared with.
  init(_ scenario: CrashScenario) async throws {
    self.scenario = scenario
    let site = try await CrashSite(scenario)
    let outcome = try await Self.play(Course(crashes: []), scenario, reference: nil, on: site)
    guard outcome.problems == [] else {
      throw ControlClient.Failure(reason: "undisturbed: \(outcome.problems)")
    }
    calm = outcome.recovered
    reference = try site.reading()
  }

  func play(_ courses: [Course]) async throws -> [Outcome] {
    try await CrashLanes.play(courses, of: scenario) { [scenario, reference] course, site in
      try await Self.play(course, scenario, reference: reference, on: site)
    }
  }

  private static func play(
    _ course: Course, _ scenario: CrashScenario, reference: StateReading?, on site: CrashSite
  ) async throws -> Outcome {
    try site.begin()
    var outcome = Outcome(course: course)
    var readings: [StateReading] = []
    var last: Ended?
    for (number, phase) in scenario.phases.enumerated() {
      for point in course.crashes where point.phase == number {
        let killed = try await site.attempt(number, killedAt: point)
        guard killed.isKilled else {
          outcome.problems += phase.problems(killed.ended)
          continue
        }
        outcome.crashed += 1
        let reading = try site.reading()
        outcome.problems += reading.problems
        readings.append(reading)
      }
      let finished = try await site.attempt(number)
      outcome.recovered[number] = finished.counts
      outcome.problems += phase.problems(finished.ended)
      last = finished.ended
    }
    outcome.problems += try site.problems(last: last!, reference: reference, before: readings)
    return outcome
  }
}

extension CrashScenario.Phase {
  /// What is wrong with how an undisturbed try ended.
  func problems(_ ended: Ended) -> [String] {
    if case .exit(let code) = ended.way, codes.contains(code) { return [] }
    return ["\(arguments) ended with \(ended.way): \(ended.errors.suffix(600))"]
  }
}
