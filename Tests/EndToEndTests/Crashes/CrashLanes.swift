import Synchronization

/// Plays many courses of a scenario, on two installations at a time.
enum CrashLanes {
  private static let count = 2

  /// Which course comes next.
  private final class Turn: Sendable {
    private let next = Atomic(0)
    func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
  }

  /// - Parameter play: plays one course from nothing, with its end.
  static func play<Course: Sendable, Outcome: Sendable>(
    _ courses: [Course], of scenario: CrashScenario,
    _ play: @escaping @Sendable (Course, CrashSite) async throws -> Outcome
  ) async throws -> [Outcome] {
    let turn = Turn()
    return try await withThrowingTaskGroup(of: [Outcome].self) { group in
      for _ in 0..<count {
        group.addTask {
          let site = try await CrashSite(scenario)
          var outcomes: [Outcome] = []
          while true {
            let index = turn.take()
            guard index < courses.count else { return outcomes }
            outcomes.append(try await play(courses[index], site))
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }
}
