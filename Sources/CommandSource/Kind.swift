import Formats
import KeyTable
import Kind
import MissionCore
import Placeholders
import Ports

/// `kind: command`: a program of this machine that is started for each mission.
package struct CommandSection: SourceSection {
  package static let kind = "command"

  package var basics = SourceBasics()
  /// The program and its arguments.
  package var command: [Written<Template>] = []
  /// Where it is looked for and works; nil: the folder of the configuration.
  package var directory: String?
  package var environment: [Named<Secret>] = []
  package var result = CommandResultSection()
  /// Which files of the program's folder are kept.
  package var keep: [String]?
  package var exits = ExitsSection()
  /// The folder of the configuration.
  var home = "."
  package init() {}

  package static var ownKeys: [Key<Self>] {
    [
      Key(
        "command", \.command, .words(of: .argument), required: true,
        "The program and its arguments, each an item of the list; no shell reads them"),
      Key(
        "directory", \.directory, Codec.path().optional,
        "Where the program works, relative to this file; the folder of this file when absent"),
      Key(
        "environment", \.environment, .map(of: .secret, name: Self.variableName),
        "Further variables of the program's environment; the place for its secrets"),
      Key("result", \.result, .section, "What of the program is the result"),
      Key(
        "keep", \.keep, Codec.words(of: .text(CommandResultSection.pattern)).optional,
        "Which files of the program's folder go into the store beside the audit object"),
      Key(
        "exits", \.exits, .section, "What the program's exit codes mean; 0 is a result, others are failures"),
    ]
  }

  package var arguments: Set<String> { Set(command.compactMap(\.value.only)) }
  package var keepsFiles: Bool { true }

  package var ownPolicy: SourcePolicy {
    var policy = SourcePolicy.withoutSessions
    // It replies when the program ends; until then soon enough for a stop.
    policy.lookWait = .milliseconds(500)
    policy.lookInterval = .zero
    policy.jobsEndWithRun = true
    policy.keepsFiles = !(keep ?? []).isEmpty
    return policy
  }
}

/// `result` of a program.
package struct CommandResultSection: FormattedSection {
  /// Which files of the program's folder are the result; nil: its standard output.
  package var file: String?
  package var format = ResultFormat()
  package init() {}

  package static let keys: [Key<Self>] =
    [
      Key(
        "file", \.file, Codec.text(Self.pattern).optional,
        "Which files of the program's folder are the result, like *.csv; its standard output when absent")
    ] + formatKeys
}

/// `exits`: a part that is written replaces that part only.
package struct ExitsSection: ConfigurationSection {
  package var exits = ProgramExits()
  package init() {}

  package static let keys: [Key<Self>] = [
    Key("empty", \.exits.empty, .words(of: .exitCode), "The program found nothing: no records"),
    Key("wait", \.exits.wait, .words(of: .exitCode), "The program asks to be started again later"),
    Key(
      "stop", \.exits.stop, .words(of: .exitCode),
      "The program would fail for every mission: its source is set aside"),
  ]
}
