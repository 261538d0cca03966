/// A program with its commands, as one list that feeds the parser, the help, the completions and the manual page.
package struct Program<Common: CommandOptions, Context>: Sendable {
  /// For what only shows it.
  package let shape: ProgramShape
  let commands: [ListedCommand<Common, Context>]

  /// - Parameters:
  ///   - shape: commands and common options are filled in here.
  ///   - commands: in the order of the help.
  package init(
    _ shape: ProgramShape, common: [OptionSpec<Common>], commands: [ListedCommand<Common, Context>]
  ) {
    var shape = shape
    shape.common = common.map(\.shape)
    shape.commands = commands.map(\.shape)
    self.shape = shape
    self.commands = commands.map { command in
      var command = command
      command.common = common
      return command
    }
  }
}
