import ChildProcesses
import Formats
import MissionCore
import Placeholders
import Ports

/// What a source of programs is, ready to work.
package struct CommandSettings: Sendable {
  /// In the environment of every program and what it starts: how they are found again.
  static let marker = "MISSION_CONTROL_ATTEMPT"
  /// What a program gets of our own environment.
  package static let inherited = ["PATH", "HOME", "LANG", "LC_ALL", "TZ"]

  /// As rows of mission files name it.
  package var name = ""
  /// The program and its arguments.
  package var command: [Template] = []
  /// Where the program is looked for and works; absolute.
  package var directory = "/"
  package var environment: [(name: String, value: Secret)] = []
  /// Of our own environment.
  package var ours: [String: String] = [:]
  package var format = ResultFormat()
  /// Which files of the program's folder are the result; nil for its standard output.
  package var files: String?
  /// Which files of the program's folder go into the store as they are.
  package var kept: [String] = []
  package var exits = ProgramExits()
  /// Names of the source's parameters.
  package var declared: [String] = []
  package var capacity = 1
  /// Bytes.
  package var maxResultSize: Int64 = 4 << 30
  /// `<state>/work`; absolute.
  package var workFolder = ""
  package var redactor = Redactor.none
  /// Lines that programs write.
  package var log: @Sendable (LogLevel, Message) -> Void = { _, _ in }

  package init() {}
}

/// Why a program cannot be started for a mission, in words of ours.
struct StartFault: Error, Hashable {
  let message: Message
  /// It would be the same for every mission.
  var isOfSource = false
}

extension CommandSettings {
  /// The program of one attempt, with its arguments and all of its environment.
  func program(for start: MissionStart, folder: String) throws(StartFault) -> ChildProgram {
    var values = PlaceholderValues(
      mission: start.mission, parameters: start.parameters, attempt: start.attempt, runID: start.runID,
      idempotencyKey: start.idempotencyKey, declared: declared)
    values["folder"] = .text(folder)
    var arguments: [String] = []
    for template in command {
      do throws(FillingFault) { arguments.append(try template.line(values)) } catch {
        throw StartFault(message: "an argument of the program: \(error)")
      }
      if let name = template.only, name != "folder", arguments[arguments.count - 1].hasPrefix("-") {
        throw StartFault(
          message: "the value of {\(name)} begins with `-` and would be an option of the program; "
            + "write the argument as --name={\(name)}")
      }
    }
    guard let path = ProgramLookup(directory: directory, searchPath: ours["PATH"]).find(arguments[0]) else {
      throw StartFault(
        message: ProgramLookup.missing(UntrustedText.foreign(arguments[0])), isOfSource: true)
    }
    return ChildProgram(
      path: path, arguments: arguments, environment: variables(for: start, folder: folder),
      directory: directory)
  }

  private func variables(for start: MissionStart, folder: String) -> [String] {
    var variables = ours.filter { Self.inherited.contains($0.key) }
    for variable in environment { variables[variable.name] = variable.value.reveal() }
    for entry in start.parameters.values.entries {
      variables["MISSION_" + entry.name.uppercased()] = PlaceholderValue(entry.value).text
    }
    variables["MISSION_ID"] = "\(start.mission)"
    variables["MISSION_SOURCE"] = start.parameters.source
    variables["MISSION_DATE_START"] = "\(start.parameters.dateStart)"
    variables["MISSION_DATE_END"] = "\(start.parameters.dateEnd)"
    variables["MISSION_ATTEMPT"] = "\(start.attempt)"
    variables["MISSION_FOLDER"] = folder
    variables[Self.marker] = start.token
    return variables.map { "\($0.key)=\($0.value)" }.sorted()
  }

  /// As it stands in the environment.
  static func mark(_ token: String) -> String { "\(marker)=\(token)" }
}
