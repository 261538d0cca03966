import Files
import Glibc
import JSONStream
import MissionCore
import Terminal

/// `init`: a first configuration with what belongs to it.
enum InitCommand {
  static func execute(_ options: InitOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    let path = context.common.configPath
    let folder = Folder.parent(of: path)
    let kind: StarterKind
    if let source = options.source { kind = source } else { kind = try ask(context) }
    let starter = Starter(
      kind, configName: String(path.split(separator: "/").last ?? "config.yaml"), today: context.now().day,
      language: context.language.current)
    try StarterWriter(folder: folder).write(starter.files)
    context.print(
      context.common.output == .json
        ? json(starter, folder) : text(starter, folder, InitPhrases.of(context.language.current), context))
    return .success
  }

  /// As often as a person is asked.
  private static let mostQuestions = 3

  private static func ask(_ context: CommandContext) throws(CommandFailure) -> StarterKind {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return .command }
    let errors = context.terminal.errors
    for _ in 0..<mostQuestions {
      errors.write(InitPhrases.of(context.language.current).question)
      errors.drain()
      guard let answer = readLine() else { break }
      let word = answer.trimmed.lowercased()
      if word.isEmpty { return .command }
      if let kind = StarterKind(rawValue: word) { return kind }
    }
    throw CommandFailure(.usage, "no kind of source was chosen: nothing was written; --source names one")
  }

  private static func text(
    _ starter: Starter, _ folder: String, _ words: InitPhrases, _ context: CommandContext
  ) -> String {
    var lines = [words.written]
    let width = starter.files.map(\.name.count).max() ?? 0
    for file in starter.files {
      let name = file.name + String(repeating: " ", count: width - file.name.count)
      lines.append("  \(name)  \(words.purpose(file.purpose))")
    }
    lines += ["", words.next]
    for step in starter.steps {
      switch step {
      case .edit(let name): lines.append("  " + words.edit(name))
      case .type(let command):
        let typed = "mission-control \(command)\(context.commandSuffix)"
        lines.append("  \(typed)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func json(_ starter: Starter, _ folder: String) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("source")
    json.value(starter.kind.rawValue)
    json.key("files")
    json.beginArray()
    for file in starter.files { json.value(StarterWriter(folder: folder).path(of: file)) }
    json.endArray()
    json.endObject()
    return json.text + "\n"
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
