import MissionCore
import Translation

/// The kinds of source that there is a first configuration for.
enum StarterKind: String, CaseIterable, Sendable {
  case command, http, worker
}

/// A first configuration with what belongs to it: which files there are and what is in them.
struct Starter {
  struct File: Hashable {
    /// Below the configuration's folder.
    let name: String
    let purpose: Purpose
    let content: String
    var isSecret: Bool { purpose == .environment }
  }

  /// What a file is for.
  enum Purpose: CaseIterable, Hashable {
    case configuration, program, missions, environment
  }

  /// What a person does next.
  enum Step: Hashable {
    case edit(String)
    /// A command of ours.
    case type(String)
  }

  /// Days that the mission file lists: the latest that are over.
  static let days = 3
  static let environmentName = "environment"
  static let programName = "example.sh"
  static let missionsName = "missions/example.csv"

  let kind: StarterKind
  let files: [File]
  let steps: [Step]

  /// - Parameters:
  ///   - configName: of the configuration.
  ///   - today: the last day listed is the one before.
  init(_ kind: StarterKind, configName: String, today: CalendarDay, language: Language) {
    self.kind = kind
    let words = StarterComments.of(language)
    var files = [
      File(
        name: configName, purpose: .configuration,
        content: StarterConfiguration(kind: kind, words: words, language: language).text),
      File(name: Self.missionsName, purpose: .missions, content: Self.missions(kind, until: today)),
      File(
        name: Self.environmentName, purpose: .environment,
        content: "# \(words.environment)\n" + StarterConfiguration.variables(of: kind)),
    ]
    if kind == .command {
      files.insert(File(name: Self.programName, purpose: .program, content: Self.program(words)), at: 1)
    }
    self.files = files
    steps =
      kind == .command
      ? [.type("run"), .type("report --html report.html")]
      : [.edit(configName), .edit(Self.environmentName), .type("check"), .type("run")]
  }

  private static func missions(_ kind: StarterKind, until today: CalendarDay) -> String {
    let days = (1...days).reversed().map { today.adding(days: -$0) }
    switch kind {
    case .worker:
      return "date_start,date_end,media_type,languages\n" + days.map { "\($0),\($0),all,en\n" }.joined()
    case .command, .http:
      return "date_start,date_end,source\n" + days.map { "\($0),\($0),example\n" }.joined()
    }
  }

  /// Five lines that need nothing but a shell.
  private static func program(_ words: StarterComments) -> String {
    """
    # \(words.program)
    echo "from $1 to $2" >&2
    for n in 1 2 3; do
      printf '{"id": "%s-%s", "day": "%s", "title": "ad %s"}\\n' "$1" "$n" "$1" "$n"
    done

    """
  }
}
