import MissionCore

/// Makes the typed command of what was read, and refuses what does not go together.
struct InvocationBuilder {
  let command: CommandName
  let values: OptionValues
  /// What is left beside options.
  let arguments: [String]

  func build() throws(UsageError) -> Invocation {
    if values.common.isQuiet, values.common.isVerbose {
      throw error("--quiet and --verbose exclude each other")
    }
    if values.common.output == .csv, command != .list {
      throw error("--output must be text or json, got \"csv\" (only list has it)")
    }
    try checkArgumentCount()
    return Invocation(command: try typedCommand(), common: values.common)
  }

  private func typedCommand() throws(UsageError) -> Command {
    switch command {
    case .run: return values.run.isDryRun ? .plan(try runOptions()) : .run(try runOptions())
    case .plan: return .plan(try runOptions())
    case .backfill: return .backfill(try backfillOptions())
    case .status:
      if values.status.watches, values.common.output != .text { throw error("--watch has no JSON form") }
      return .status(values.status)
    case .list:
      try checkRange(values.list.selection)
      return .list(values.list)
    case .show: return .show(try references()[0])
    case .retry: return .retry(try retryOptions())
    case .cancel: return .cancel(try references())
    case .check: return .check(values.check)
    case .verify: return .verify(try verifyOptions())
    case .report: return .report(try reportOptions())
    case .prune: return .prune(try pruneOptions())
    case .config: return .config(ConfigOptions(topic: arguments.isEmpty ? .effective : .schema))
    // The word is one of the shells: the arguments were checked.
    case .completions: return .completions(Shell(rawValue: arguments[0]) ?? .bash)
    case .man: return .man
    }
  }

  private func runOptions() throws(UsageError) -> RunOptions {
    try checkRange(values.run.selection)
    if let empty = arguments.first(where: \.isEmpty) {
      throw error("a mission file must have a name, got \(UntrustedText.quoted(empty))")
    }
    var options = values.run
    options.files = arguments
    return options
  }

  private func backfillOptions() throws(UsageError) -> BackfillOptions {
    let range = values.backfill
    // All four are required options: the reader has made sure of them.
    guard let from = range.from, let to = range.to, let mediaType = range.mediaType else {
      throw error("--from, --to, --media-type and --languages are needed")
    }
    try checkRange(range)
    return BackfillOptions(
      from: from, to: to, mediaType: mediaType, languages: range.languages, every: values.every,
      file: values.backfillFile)
  }

  private func retryOptions() throws(UsageError) -> RetryOptions {
    var options = values.retry
    try checkRange(options.selection)
    options.missions = try references()
    let isChosenByOptions = options != RetryOptions(missions: options.missions)
    if options.missions.isEmpty, !isChosenByOptions {
      throw error("retry needs ids, or --failed, --code, --from or --to")
    }
    if !options.missions.isEmpty, isChosenByOptions {
      throw error("retry takes ids or a choice by options, not both")
    }
    return options
  }

  private func reportOptions() throws(UsageError) -> ReportOptions {
    var options = values.report
    if let argument = arguments.first {
      do throws(ValueProblem) { options.run = try OptionReading.run(argument) } catch {
        throw self.error("RUN \(error.message)")
      }
    }
    if options.htmlFile != nil, values.common.output == .json {
      throw error("--html and --output json exclude each other")
    }
    return options
  }

  private func verifyOptions() throws(UsageError) -> VerifyOptions {
    var options = values.verify
    try checkRange(options.selection)
    options.missions = try references()
    if options.isConfirmed, !options.repairs { throw error("--yes goes with --repair") }
    return options
  }

  private func pruneOptions() throws(UsageError) -> PruneOptions {
    var options = values.prune
    options.missions = try references()
    if !options.missions.isEmpty, options.onlyDone || options.olderThan != nil {
      throw error("prune takes ids or a choice by options, not both")
    }
    return options
  }

  private func references() throws(UsageError) -> [MissionReference] {
    var references: [MissionReference] = []
    for argument in arguments {
      do throws(ValueProblem) { references.append(try OptionReading.mission(argument)) } catch {
        throw self.error("ID \(error.message)")
      }
    }
    return references
  }

  private func checkArgumentCount() throws(UsageError) {
    switch CommandTable.spec(of: command).arguments {
    case .none:
      if let first = arguments.first {
        throw error("\(command.rawValue) takes no arguments, got \(UntrustedText.quoted(first))")
      }
    case .one(let name):
      if arguments.count != 1 { throw error("\(command.rawValue) needs one \(name), got \(arguments.count)") }
    case .optional(let word):
      if !arguments.isEmpty, arguments != [word] {
        throw error(
          "\(command.rawValue) takes \(word) or nothing, got \(UntrustedText.quoted(arguments.joined(separator: " ")))"
        )
      }
    case .upToOne(let name):
      if arguments.count > 1 {
        throw error("\(command.rawValue) takes one \(name) at most, got \(arguments.count)")
      }
    case .oneOrMore(let name):
      if arguments.isEmpty { throw error("\(command.rawValue) needs at least one \(name)") }
    case .choice(let words):
      guard arguments.count == 1, words.contains(arguments[0]) else {
        let got = arguments.isEmpty ? "nothing" : UntrustedText.quoted(arguments.joined(separator: " "))
        throw error("\(command.rawValue) takes \(OptionReading.alternatives(words)), got \(got)")
      }
    case .any: break
    }
  }

  private func checkRange(_ selection: SelectionOptions) throws(UsageError) {
    if let from = selection.from, let to = selection.to, to < from {
      throw error("--to \(to) is before --from \(from)")
    }
  }

  private func error(_ message: String) -> UsageError { UsageError(message: message, command: command) }
}
