import MissionCore

/// Reads the command line by the command table; pure.
///
/// Options may stand before and after the command and between its arguments, as `--name value` or
/// `--name=value`; `--` ends them. Without a command it is `run`.
struct ArgumentParser {
  private let context: ReadingContext

  /// - Parameter today: the UTC day that `today`, `yesterday` and `-7d` count from.
  init(today: CalendarDay) { context = ReadingContext(today: today) }

  /// - Parameter arguments: without the program's name.
  func parse(_ arguments: [String]) throws(UsageError) -> Invocation {
    let (words, optionsEnd) = Self.split(arguments)
    let (command, commandAt) = try Self.command(of: words, optionsEnd: optionsEnd)
    let options = words.prefix(optionsEnd)
    if options.contains("--help") || options.contains("-h") {
      var common = CommonOptions()
      common.locale = LanguageChoice.option(in: Array(options))
      return Invocation(command: .help(commandAt == nil ? nil : command), common: common)
    }
    if options.contains("--version") { return Invocation(command: .version, common: CommonOptions()) }
    let reader = OptionReader(command: command, context: context)
    let (values, plain) = try reader.read(words, optionsEnd: optionsEnd, skipping: commandAt)
    return try InvocationBuilder(command: command, values: values, arguments: plain).build()
  }

  /// The arguments without the first `--`, and where it stood.
  private static func split(_ arguments: [String]) -> (words: [String], optionsEnd: Int) {
    guard let end = arguments.firstIndex(of: "--") else { return (arguments, arguments.count) }
    return (Array(arguments[..<end] + arguments[(end + 1)...]), end)
  }

  /// The command: the first word that is neither an option nor an option's value. A word that looks like a
  /// file (with a dot or a slash) is `run`'s first file.
  private static func command(
    of words: [String], optionsEnd: Int
  ) throws(UsageError) -> (command: CommandName, index: Int?) {
    var index = 0
    var sawUnknownOption = false
    while index < optionsEnd {
      let word = words[index]
      if isOption(word) {
        sawUnknownOption = sawUnknownOption || !isKnown(word)
        index += takesNextWord(word) ? 2 : 1
        continue
      }
      if word.hasPrefix("-"), word != "-" {
        index += 1
        continue
      }
      if let command = CommandName(rawValue: word) { return (command, index) }
      if word.utf8.contains(UInt8(ascii: "/")) || word.utf8.contains(UInt8(ascii: ".")) || word == "-" {
        return (.run, nil)
      }
      // The word may well be the value of the option that nobody knows: that one is what to complain of.
      if sawUnknownOption { return (.run, nil) }
      throw unknownCommand(word)
    }
    return (.run, nil)
  }

  private static func unknownCommand(_ word: String) -> UsageError {
    let names = CommandName.allCases.map(\.rawValue)
    if let meant = Suggestion.nearest(to: word, among: names) {
      return UsageError(
        message: "unknown command \(UntrustedText.quoted(word)), did you mean \(meant)?", command: nil)
    }
    return UsageError(
      message:
        "unknown command \(UntrustedText.quoted(word)); if it is a mission file, write: mission-control run \(ShellWord.quoted(word))",
      command: nil)
  }

  static func isOption(_ word: String) -> Bool {
    word.hasPrefix("--") || word == "-h"
  }

  private static func isKnown(_ word: String) -> Bool {
    let name = word.dropFirst(2).prefix { $0 != "=" }
    return word == "-h" || name == "help" || name == "version"
      || CommandName.allCases.contains { command in
        CommandTable.options(of: command).contains { $0.name == name }
      }
  }

  /// Whether the option of any command with this name takes the word after it; every command agrees on that.
  private static func takesNextWord(_ word: String) -> Bool {
    guard !word.utf8.contains(UInt8(ascii: "=")) else { return false }
    let name = String(word.dropFirst(2))
    return CommandName.allCases.contains { command in
      CommandTable.options(of: command).contains { $0.name == name && $0.placeholder != nil }
    }
  }
}
