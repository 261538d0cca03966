/// Options of a command, or those that every command takes: filled while the command line is read.
package protocol CommandOptions: Sendable {
  /// As they are when nothing is said.
  init()
}

/// A command takes none of its own.
package struct NoOptions: CommandOptions {
  package init() {}
}
