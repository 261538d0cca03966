import MissionCore

/// A command in the list of a program, whatever its options are.
package struct ListedCommand<Common: CommandOptions, Context>: Sendable {
  let shape: CommandShape
  var common: [OptionSpec<Common>] = []
  private let read:
    @Sendable (OptionReader, [OptionSpec<Common>]) throws(UsageError) -> Invocation<Common, Context>

  /// - Parameter check: whether the command can do what the common options ask for.
  package init<C: Command>(
    _ type: C.Type, check: @escaping @Sendable (Common) throws(UsageError) -> Void
  ) where C.Common == Common, C.Context == Context {
    shape = C.spec.shape
    read = { (reader, common) throws(UsageError) in
      var values = ReadValues(common: Common(), options: C.Options())
      let specs: [OptionSpec<ReadValues<Common, C.Options>>] =
        C.spec.options.map { $0.at(\.options) } + common.map { $0.at(\.common) }
      let arguments = try reader.read(specs, into: &values)
      do throws(UsageError) {
        try check(values.common)
        try reader.checkCount(of: arguments)
        try C.accept(arguments, into: &values.options, values.common)
      } catch { throw UsageError(message: error.message, command: reader.command.name) }
      let options = values.options
      return Invocation(command: reader.command.name, common: values.common, options: options) {
        (context) throws(CommandFailure) in try C.execute(options, context)
      }
    }
  }

  func invocation(_ reader: OptionReader) throws(UsageError) -> Invocation<Common, Context> {
    try read(reader, common)
  }
}

/// What is filled while the line is read.
private struct ReadValues<Common: CommandOptions, Options: CommandOptions>: Sendable {
  var common: Common
  var options: Options
}
