import CommandLine
import Configuration
import Engine
import MissionCore
import Report
import Runs
import Terminal
import Threads
import Translation

/// What every command works with: the outputs, the log, the common options and the way to the configuration.
struct CommandContext: Sendable {
  /// What help, completions and the manual page are made of.
  let program: ProgramShape
  let common: CommonOptions
  let environment: [String: String]
  let terminal: Terminal
  let log: LogWriter
  /// Who is told how a run is doing; nobody without a service manager.
  let service: ServiceManager
  let now: @Sendable () -> Timestamp
  private let isLoggingToJournal: Bool
  let language: LanguageChoice

  init(
    program: ProgramShape, common: CommonOptions, environment: [String: String], terminal: Terminal,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.program = program
    self.common = common
    self.environment = environment
    self.terminal = terminal
    self.now = now
    let errors = terminal.errors
    service = ServiceManager(environment: environment)
    isLoggingToJournal = JournalStream.leads(from: errors.descriptor, environment: environment)
    let language = LanguageChoice(option: common.locale, environment: environment)
    self.language = language
    log = LogWriter(
      least: .least(isQuiet: common.isQuiet, isVerbose: common.isVerbose), format: common.logFormat,
      isForJournal: isLoggingToJournal, now: now,
      translate: { Translator.to(language.current).translate($0) },
      sink: { line in errors.send(line) })
  }

  /// For a command that works long: from now on nobody waits for a reader of standard error. What it does not take in
  /// time is dropped and counted.
  func writeErrorsInBackground() throws(CommandFailure) {
    do throws(ThreadFailure) {
      try terminal.errors.writeInBackground { [log] count in
        log.warning(count == 1 ? "… 1 line was dropped" : "… \(count) lines were dropped")
      }
    } catch { throw CommandFailure(.internalError, "standard error cannot be written, \(error)") }
  }

  /// What runs and what they leave are told with.
  var ofRuns: RunContext {
    RunContext(
      configPath: common.configPath, environment: environment, log: log, now: now,
      language: { [language] in language.current }, shard: common.shard)
  }

  /// Which part of the missions the command line asks for; nil for all.
  func shard() throws(CommandFailure) -> Shard? {
    switch common.shard {
    case nil: return nil
    case .part(let part): return Shard(index: Int(part.index), count: Int(part.count), isOfEngine: false)
    case .auto:
      do throws(EngineVariables.Refusal) { return try EngineVariables.shard(in: environment) } catch {
        throw CommandFailure(.usage, error.message)
      }
    }
  }

  /// The words of reports, in the reader's language.
  var phrases: Phrases { ofRuns.phrases }

  /// The words of answers, in the reader's language.
  var answers: AnswerPhrases { .of(language.current) }

  /// The words of `verify`, `prune` and `status --watch`, in the reader's language.
  var keeping: KeepingPhrases { .of(language.current) }

  /// The words of `runs`, `why`, `rerun` and the windows of `plan`, in the reader's language.
  var choosing: ChoosingPhrases { .of(language.current) }

  /// In the reader's language.
  func translated(_ message: Message) -> String { ofRuns.translated(message) }

  /// Reads the configuration; from then on its secrets are masked in the log, and its language is spoken.
  func configuration(
    for purpose: Configuration.Purpose = .working
  ) throws(CommandFailure) -> Configuration {
    let shard = try shard()
    do throws(ConfigurationErrors) {
      let configuration = try Configuration.load(
        path: common.configPath, environment: environment, now: now, for: purpose, shard: shard)
      log.mask(with: Redactor(secrets: configuration.secrets))
      language.note(configuration.locale)
      return configuration
    } catch {
      language.note(error.locale)
      throw CommandFailure(error)
    }
  }

  /// Writes a command's answer to standard output.
  func print(_ text: String) { terminal.output.write(text) }

  /// A remark for people on standard error, said in English, not part of the answer; `--quiet` leaves it out.
  func remark(_ text: Message) {
    guard !common.isQuiet else { return }
    if common.logFormat == .json { return log.info(text) }
    writeLines(translated(text), level: .info)
  }

  /// A line in the reader's language on standard error, beside an answer that is for a program.
  func note(_ text: String) {
    if common.logFormat == .json { return log.info("\(text)") }
    writeLines(text, level: .info)
  }

  /// Tells why the command ends: as it is for people, as a log line for programs.
  func report(_ failure: CommandFailure) {
    if common.logFormat == .json { return log.error(failure.message) }
    let message = translated(failure.message)
    let text = failure.isListing ? message : "mission-control: \(message)"
    writeLines(text, level: .error)
  }

  /// Text for people; the journal wants the priority of each line.
  private func writeLines(_ text: String, level: LogLevel) {
    guard isLoggingToJournal else { return terminal.errors.write(text + "\n") }
    for line in text.split(separator: "\n") {
      terminal.errors.write("\(JournalStream.prefix(level))\(line)\n")
    }
  }

  /// What has to stand behind a suggested command to use the same configuration.
  var commandSuffix: String { ofRuns.commandSuffix }
}
