import MissionCore

/// Reads the options of one command and leaves its plain arguments.
struct OptionReader {
  let command: CommandName
  let context: ReadingContext

  /// - Parameter skipping: where the command's own name stands.
  func read(
    _ words: [String], optionsEnd: Int, skipping commandAt: Int?
  ) throws(UsageError) -> (values: OptionValues, plain: [String]) {
    let specs = CommandTable.options(of: command)
    var values = OptionValues()
    var plain: [String] = []
    var seen: Set<String> = []
    var index = 0
    while index < words.count {
      defer { index += 1 }
      let word = words[index]
      guard index < optionsEnd, ArgumentParser.isOption(word) else {
        if index < optionsEnd, word.hasPrefix("-"), word != "-" { throw unknown(word) }
        if index != commandAt { plain.append(word) }
        continue
      }
      let (name, inline) = Self.parts(of: word)
      guard let spec = specs.first(where: { $0.name == name }) else { throw unknown("--" + name) }
      if !seen.insert(name).inserted, !spec.isRepeatable { throw error("--\(name) is given twice") }
      var value = ""
      if spec.placeholder == nil {
        if inline != nil { throw error("--\(name) takes no value") }
      } else if let inline {
        value = inline
      } else {
        index += 1
        guard index < optionsEnd, !words[index].hasPrefix("--") else {
          throw error("\(spec.usage) lacks its value")
        }
        value = words[index]
      }
      do throws(ValueProblem) { try spec.apply(&values, value, context) } catch {
        throw self.error("--\(name) \(error.message)")
      }
    }
    for spec in specs where spec.isRequired && !seen.contains(spec.name) {
      throw error("\(spec.usage) is needed")
    }
    return (values, plain)
  }

  private static func parts(of word: String) -> (name: String, value: String?) {
    let body = word.dropFirst(2)
    guard let equals = body.firstIndex(of: "=") else { return (String(body), nil) }
    return (String(body[..<equals]), String(body[body.index(after: equals)...]))
  }

  private func error(_ message: String) -> UsageError { UsageError(message: message, command: command) }

  /// An option that this command does not have: says whose it is, or what was probably meant.
  private func unknown(_ word: String) -> UsageError {
    let name = String(word.drop { $0 == "-" })
    let owners = CommandName.allCases.filter { other in
      CommandTable.spec(of: other).options.contains { $0.name == name }
    }
    if !owners.isEmpty {
      let list = OptionReading.alternatives(owners.map(\.rawValue))
      return error("--\(name) belongs to \(list), not to \(command.rawValue)")
    }
    let names = CommandTable.options(of: command).map(\.name) + ["help", "version"]
    let shown = UntrustedText.clean(word, limit: 80)
    if let meant = Suggestion.nearest(to: name, among: names) {
      return error("unknown option \(shown), did you mean --\(meant)?")
    }
    return error("unknown option \(shown)")
  }
}
