import MissionCore

/// One thing that the other side of a source must do by its contract. Steps are run one after another, in their order:
/// a later one uses what an earlier one brought.
package struct ContractStep: Sendable {
  /// As the line shows it: `GET /health answers 2xx`.
  package let name: Message
  /// Tries it; blocks.
  package let run: @Sendable () -> HealthOutcome

  package init(_ name: Message, run: @escaping @Sendable () -> HealthOutcome) {
    self.name = name
    self.run = run
  }
}
