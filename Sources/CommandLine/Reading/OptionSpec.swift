import MissionCore

/// An option and how its value is taken over into the options.
package struct OptionSpec<Options>: Sendable {
  let shape: OptionShape
  /// Takes the value (empty for a flag) over.
  let apply: @Sendable (inout Options, String, ReadingContext) throws(ValueProblem) -> Void

  /// An option without a value.
  package static func flag(
    _ name: String, _ help: Message, set: @escaping @Sendable (inout Options) -> Void
  ) -> OptionSpec {
    OptionSpec(
      shape: OptionShape(
        name: name, placeholder: nil, help: help, isRepeatable: false, isRequired: false, choices: []),
      apply: { (options: inout Options, _, _) throws(ValueProblem) in set(&options) })
  }

  /// An option with a value.
  package static func value(
    _ name: String, _ placeholder: String, _ help: Message, isRepeatable: Bool = false,
    isRequired: Bool = false, choices: [String] = [],
    apply: @escaping @Sendable (inout Options, String, ReadingContext) throws(ValueProblem) -> Void
  ) -> OptionSpec {
    OptionSpec(
      shape: OptionShape(
        name: name, placeholder: placeholder, help: help, isRepeatable: isRepeatable, isRequired: isRequired,
        choices: choices),
      apply: apply)
  }

  /// An option that may be repeated and takes every word behind it that is no option, as a shell's pattern gives them.
  package static func values(
    _ name: String, _ placeholder: String, _ help: Message,
    apply: @escaping @Sendable (inout Options, String, ReadingContext) throws(ValueProblem) -> Void
  ) -> OptionSpec {
    OptionSpec(
      shape: OptionShape(
        name: name, placeholder: placeholder, help: help, isRepeatable: true, isRequired: false, choices: [],
        takesMore: true),
      apply: apply)
  }

  /// Without the dashes.
  package var name: String { shape.name }

  /// The same option with other words, where it stands once and says what all have.
  package func saying(_ help: Message, isRequired: Bool) -> OptionSpec {
    OptionSpec(
      shape: OptionShape(
        name: shape.name, placeholder: shape.placeholder, help: help, isRepeatable: false,
        isRequired: isRequired, choices: shape.choices),
      apply: apply)
  }

  /// The same option for options that hold these.
  package func at<Whole>(_ place: WritableKeyPath<Whole, Options> & Sendable) -> OptionSpec<Whole> {
    OptionSpec<Whole>(shape: shape) { [apply] (whole: inout Whole, text, context) throws(ValueProblem) in
      try apply(&whole[keyPath: place], text, context)
    }
  }
}

/// What reading a value may depend on.
package struct ReadingContext: Sendable {
  /// The day that `today` and `-7d` count from; asked for only where it counts.
  package let today: @Sendable () -> CalendarDay
}
