import Formats
import Glibc
import KeyTable
import Kind
import MissionCore
import Placeholders
import Ports

// How it opens.
extension CommandSection {
  package func open(_ name: String, _ opening: SourceOpening) throws(OpeningFailure) -> OpenedSource {
    let settings = settings(name, opening)
    if opening.mustBeUsable, let missing = CommandHealth(settings: settings).missing {
      throw .configuration("sources.\(name): \(missing.what); \(missing.advice)")
    }
    do throws(SourceFailure) {
      return OpenedSource(name: name, source: try CommandSource(settings))
    } catch { throw .noThread(error.message) }
  }

  /// What its programs are started with, as the section says.
  package func settings(_ name: String, _ opening: SourceOpening) -> CommandSettings {
    var settings = CommandSettings()
    settings.name = name
    settings.command = command.map(\.value)
    settings.directory = Self.absolute(directory ?? home)
    settings.environment = environment.map { ($0.name, $0.value) }
    settings.ours = opening.environment.filter { CommandSettings.inherited.contains($0.key) }
    settings.format = result.format
    settings.files = result.file
    settings.kept = keep ?? []
    settings.exits = exits.exits
    settings.declared = basics.parameters.map(\.name)
    settings.capacity = basics.capacity ?? 1
    settings.maxResultSize = opening.maxResultSize
    settings.workFolder = Self.absolute(opening.workFolder)
    settings.redactor = opening.redactor
    settings.log = opening.log
    return settings
  }

  /// The program works in another folder than we do.
  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return ProgramLookup.path(path, from: String(cString: here))
  }
}
