import MissionCore

/// Reads the options of one command out of a line and leaves its plain arguments.
struct OptionReader {
  let program: ProgramShape
  let command: CommandShape
  let context: ReadingContext
  let words: [String]
  /// Where no word is an option any more.
  let optionsEnd: Int
  /// Where the command's own name stands.
  let commandAt: Int?

  static func isOption(_ word: String) -> Bool { word.hasPrefix("--") || word == "-h" }

  /// Answers with what is left beside options.
  func read<Options>(
    _ specs: [OptionSpec<Options>], into options: inout Options
  ) throws(UsageError) -> [String] {
    var plain: [String] = []
    var seen: Set<String> = []
    var index = 0
    while index < words.count {
      defer { index += 1 }
      let word = words[index]
      guard index < optionsEnd, Self.isOption(word) else {
        if index < optionsEnd, word.hasPrefix("-"), word != "-" { throw unknown(word) }
        if index != commandAt { plain.append(word) }
        continue
      }
      let (name, inline) = Self.parts(of: word)
      guard let spec = specs.first(where: { $0.shape.name == name }) else { throw unknown("--" + name) }
      if !seen.insert(name).inserted, !spec.shape.isRepeatable { throw error("--\(name) is given twice") }
      var value = ""
      if spec.shape.placeholder == nil {
        if inline != nil { throw error("--\(name) takes no value") }
      } else if let inline {
        value = inline
      } else {
        index += 1
        guard index < optionsEnd, !words[index].hasPrefix("--") else {
          throw error("\(spec.shape.usage) lacks its value")
        }
        value = words[index]
      }
      var values = [value]
      while spec.shape.takesMore, index + 1 < optionsEnd, index + 1 != commandAt,
        !words[index + 1].hasPrefix("-")
      {
        index += 1
        values.append(words[index])
      }
      do throws(ValueProblem) { for value in values { try spec.apply(&options, value, context) } } catch {
        throw self.error("--\(name) \(error.message)")
      }
    }
    for spec in specs where spec.shape.isRequired && !seen.contains(spec.shape.name) {
      throw error("\(spec.shape.usage) is needed")
    }
    return plain
  }

  /// Refuses more or fewer arguments than the command takes.
  func checkCount(of arguments: [String]) throws(UsageError) {
    let name = command.name
    switch command.arguments {
    case .none:
      if let first = arguments.first {
        throw error("\(name) takes no arguments, got \(UntrustedText.quoted(first))")
      }
    case .one(let what):
      if arguments.count != 1 { throw error("\(name) needs one \(what), got \(arguments.count)") }
    case .optional(let word):
      if !arguments.isEmpty, arguments != [word] {
        let got = UntrustedText.quoted(arguments.joined(separator: " "))
        throw error("\(name) takes \(word) or nothing, got \(got)")
      }
    case .upToOne(let what):
      try checkAtMostOne(what, arguments)
    case .oneOrMore(let what):
      if arguments.isEmpty { throw error("\(name) needs at least one \(what)") }
    case .choice(let words):
      guard arguments.count == 1, words.contains(arguments[0]) else {
        let got =
          arguments.isEmpty ? "nothing" as Message : UntrustedText.quoted(arguments.joined(separator: " "))
        throw error("\(name) takes \(Alternatives.text(words)), got \(got)")
      }
    case .command:
      try checkAtMostOne("COMMAND", arguments)
      if let word = arguments.first, program.command(word) == nil {
        throw UsageError.unknownCommand(word, of: program)
      }
    case .any: break
    }
  }

  private func checkAtMostOne(_ what: String, _ arguments: [String]) throws(UsageError) {
    if arguments.count > 1 {
      throw error("\(command.name) takes one \(what) at most, got \(arguments.count)")
    }
  }

  private static func parts(of word: String) -> (name: String, value: String?) {
    let body = word.dropFirst(2)
    guard let equals = body.firstIndex(of: "=") else { return (String(body), nil) }
    return (String(body[..<equals]), String(body[body.index(after: equals)...]))
  }

  private func error(_ message: Message) -> UsageError { UsageError(message: message, command: command.name) }

  /// An option that this command does not have: says whose it is, or what was probably meant.
  private func unknown(_ word: String) -> UsageError {
    let name = String(word.drop { $0 == "-" })
    let owners = program.commands.filter { other in other.options.contains { $0.name == name } }
    if !owners.isEmpty {
      let list = Alternatives.text(owners.map(\.name))
      return error("--\(name) belongs to \(list), not to \(command.name)")
    }
    let names = program.options(of: command).map(\.name) + ["help", "version"]
    let shown = UnseenCharacters.told(word, as: UntrustedText.clean(word, limit: 80))
    if let meant = Suggestion.nearest(to: name, among: names) {
      return error("unknown option \(shown), did you mean --\(meant)?")
    }
    return error("unknown option \(shown)")
  }
}
