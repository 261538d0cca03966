import MissionCore
import Report
import Translation

/// What a run has to know of the program that it is part of.
package struct RunContext: Sendable {
  /// The configuration's file: credentials are read from it again, commands that are offered name it.
  package let configPath: String
  /// Of the process.
  package let environment: [String: String]
  /// Takes what people may want to follow.
  package let log: any Log
  /// The wall clock.
  package let now: @Sendable () -> Timestamp
  /// Of reports and notices; the configuration may have the last word, so it is asked for late.
  package let language: @Sendable () -> Language
  /// What the command line says of shards: commands that are offered say it too.
  package let shard: ShardChoice?

  package init(
    configPath: String, environment: [String: String], log: any Log, now: @escaping @Sendable () -> Timestamp,
    language: @escaping @Sendable () -> Language, shard: ShardChoice? = nil
  ) {
    self.configPath = configPath
    self.environment = environment
    self.log = log
    self.now = now
    self.language = language
    self.shard = shard
  }

  /// The same, with a log of this run.
  func context(ofRun runID: String) -> RunContext {
    RunContext(
      configPath: configPath, environment: environment, log: RunLog(log: log, runID: runID), now: now,
      language: language)
  }

  /// The words of reports, in the reader's language.
  package var phrases: Phrases { .of(language()) }

  /// In the reader's language.
  package func translated(_ message: Message) -> String { Translator.to(language()).translate(message) }

  /// What has to stand behind a suggested command to use the same configuration and journal.
  package var commandSuffix: String {
    (shard.map { " --shard \($0.text)" } ?? "")
      + (configPath == "config.yaml" ? "" : " --config " + ShellWord.quoted(configPath))
  }
}
