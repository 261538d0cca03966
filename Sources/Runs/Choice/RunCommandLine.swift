import MissionCore

/// The command that chooses missions as `options` do; pure.
enum RunCommandLine {
  /// Carries every option that chooses; what only concerns how a run works (`--drain`, `--report` …) is left out.
  static func text(_ options: RunOptions, configPath: String) -> String {
    (["mission-control", "run"] + arguments(options, configPath: configPath)).map(ShellWord.quoted)
      .joined(separator: " ")
  }

  /// The words behind the command's name, as the parser takes them.
  static func arguments(_ options: RunOptions, configPath: String) -> [String] {
    var words = options.files.map { $0.hasPrefix("-") ? "./\($0)" : $0 }
    func add(_ name: String, _ value: String?) {
      if let value { words += ["--\(name)", value] }
    }
    let selection = options.selection
    for source in selection.sources { add("source", source) }
    add("from", selection.from?.description)
    add("to", selection.to?.description)
    add("media-type", selection.mediaType?.rawValue)
    add("languages", selection.languages.isEmpty ? nil : selection.languages.joined(separator: ","))
    for reference in options.only { add("only", reference.prefix) }
    for worker in options.workers { add("worker", worker) }
    add("limit", options.limit.map(String.init))
    add("order", options.order == .oldest ? nil : options.order.rawValue)
    if options.isDue { words.append("--due") }
    if options.retriesFailed { words.append("--retry-failed") }
    if options.includesUnlisted { words.append("--unlisted") }
    add("shard", options.shard?.text)
    add("config", configPath == "config.yaml" ? nil : configPath)
    return words
  }
}
