import Formats
import KeyTable
import MissionCore
import Placeholders

// The rules that span keys, and those of names.
extension CommandSection {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    home = reader.resolve(".")
    let names = PlaceholderNames(
      known: PlaceholderNames.ofMissions + basics.parameters.map(\.name) + ["folder"])
    for argument in command { reader.check(argument, names) }
    if command.isEmpty, !reader.isRefused(path + "command") {
      reader.report(at: path + "command", "\(path)command names no program")
    }
  }

  package var effective: CommandSection {
    var effective = self
    effective.directory = directory ?? home
    return effective
  }

  /// What programs are told by us must not be told otherwise.
  @Sendable static func variableName(_ text: String) -> Message? {
    if let broken = TextRule.identifier(text) { return broken }
    return text.hasPrefix("MISSION_") ? "must not begin with MISSION_: those are set for the program" : nil
  }
}

extension CommandResultSection {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    checkFormat(&reader, path: path)
  }

  /// Names below the program's folder.
  @Sendable static func pattern(_ text: String) -> Message? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
      ? "must be a name below the program's folder, like *.csv or data/*.json" : nil
  }
}

extension ExitsSection {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    var meanings: [Int32: String] = [:]
    for (name, codes) in [("empty", exits.empty), ("wait", exits.wait), ("stop", exits.stop)] {
      for code in codes {
        if let other = meanings[code] {
          reader.report(
            at: path + name,
            "\(path)\(name) has \(code), which is in \(other) already; each code means one thing")
        }
        meanings[code] = name
      }
    }
  }
}
