import MissionCore

/// Reads a program's command line; pure.
///
/// Options may stand before and after the command and between its arguments, as `--name value` or
/// `--name=value`; `--` ends them. Without a command it is the standard one.
package struct ArgumentParser<Common: CommandOptions, Context> {
  private let program: Program<Common, Context>
  private let context: ReadingContext

  /// - Parameter today: the day that `today`, `yesterday` and `-7d` count from; asked for only where one stands.
  package init(
    _ program: Program<Common, Context>, today: @autoclosure @escaping @Sendable () -> CalendarDay
  ) {
    self.program = program
    context = ReadingContext(today: today)
  }

  /// - Parameter arguments: without the program's name.
  package func parse(_ arguments: [String]) throws(UsageError) -> Request<Common, Context> {
    let (words, optionsEnd) = Self.split(arguments)
    let (name, commandAt) = try command(of: words, optionsEnd: optionsEnd)
    guard let command = program.commands.first(where: { $0.shape.name == name }) else {
      throw UsageError.unknownCommand(name, of: program.shape)
    }
    let options = words.prefix(optionsEnd)
    if options.contains("--help") || options.contains("-h") {
      return .help(commandAt == nil ? nil : command.shape)
    }
    if options.contains("--version") { return .version }
    let reader = OptionReader(
      program: program.shape, command: command.shape, context: context, words: words, optionsEnd: optionsEnd,
      commandAt: commandAt)
    return .command(try command.invocation(reader))
  }

  /// The arguments without the first `--`, and where it stood.
  private static func split(_ arguments: [String]) -> (words: [String], optionsEnd: Int) {
    guard let end = arguments.firstIndex(of: "--") else { return (arguments, arguments.count) }
    return (Array(arguments[..<end] + arguments[(end + 1)...]), end)
  }

  /// The command: the first word that is neither an option nor an option's value. A word that looks like a
  /// file (with a dot or a slash) is the standard command's first argument.
  private func command(
    of words: [String], optionsEnd: Int
  ) throws(UsageError) -> (name: String, index: Int?) {
    let standard = program.shape.standard
    var index = 0
    var sawUnknownOption = false
    while index < optionsEnd {
      let word = words[index]
      if OptionReader.isOption(word) {
        sawUnknownOption = sawUnknownOption || !isKnown(word)
        index += takesNextWord(word) ? 2 : 1
        continue
      }
      if word.hasPrefix("-"), word != "-" {
        index += 1
        continue
      }
      if program.shape.command(word) != nil { return (word, index) }
      if word.utf8.contains(UInt8(ascii: "/")) || word.utf8.contains(UInt8(ascii: ".")) || word == "-" {
        return (standard, nil)
      }
      // The word may well be the value of the option that nobody knows: that one is what to complain of.
      if sawUnknownOption { return (standard, nil) }
      throw UsageError.unknownCommand(word, of: program.shape)
    }
    return (standard, nil)
  }

  private func isKnown(_ word: String) -> Bool {
    let name = word.dropFirst(2).prefix { $0 != "=" }
    return word == "-h" || name == "help" || name == "version"
      || program.shape.everyOption.contains { $0.name == name }
  }

  /// Whether the option of any command with this name takes the word after it; every command agrees on that.
  private func takesNextWord(_ word: String) -> Bool {
    guard !word.utf8.contains(UInt8(ascii: "=")) else { return false }
    let name = String(word.dropFirst(2))
    return program.shape.everyOption.contains { $0.name == name && $0.placeholder != nil }
  }
}
