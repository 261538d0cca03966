import Glibc
import MissionCore
import Placeholders
import Ports

/// What `check` asks of a source of programs: nothing is started.
struct CommandHealth: Sendable {
  let settings: CommandSettings

  var check: HealthCheck {
    HealthCheck(name: "source \(settings.name)", timeout: .seconds(10)) { reply in reply(outcome) }
  }

  private var outcome: HealthOutcome {
    if let missing { return .failed(missing.what, advice: missing.advice) }
    return .passed(program.map { "\($0) in \(settings.directory)" } ?? "\(settings.directory)")
  }

  /// What is not there and what to do about it, as far as it is known without a mission.
  var missing: (what: Message, advice: Message)? {
    var status = stat()
    guard stat(settings.directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return ("there is no folder \(settings.directory)", "make it, or name another one as its directory")
    }
    guard let name, program == nil else { return nil }
    return (
      "the program \(name) does not exist or is not executable",
      "install it, or name it with its path in command"
    )
  }

  /// The program as it is written; nil when it has a placeholder, so that it is known only with a mission.
  private var name: String? {
    guard let name = settings.command.first, name.names.isEmpty else { return nil }
    // No secret can be in it: a command has no variables.
    return try? name.filled(PlaceholderValues())  // it has no placeholder that could be missing
  }

  private var program: String? {
    name.flatMap { ProgramLookup(directory: settings.directory, searchPath: settings.ours["PATH"]).find($0) }
  }
}
