import MissionCore
import Report
import Terminal

/// Missions as lines of a table.
enum MissionTable {
  static func text(
    _ missions: [MissionRecord], withHeader: Bool, phrases: Phrases, heads: [String], style: TextStyle
  ) -> String {
    var table = TextTable([.left, .left, .left, .left, .left, .left, .right, .left, .left, .left])
    table.add(heads)
    for mission in missions { table.add(row(mission, phrases)) }
    var lines = table.lines()
    // Colour comes after alignment: escape characters take no columns.
    for (index, mission) in missions.enumerated() where mission.status == .failed {
      lines[index + 1] = style.red(lines[index + 1])
    }
    lines[0] = style.dim(lines[0])
    return lines.dropFirst(withHeader ? 0 : 1).map { $0 + "\n" }.joined()
  }

  /// The parameters stand behind the languages: few missions have any.
  private static func languages(of parameters: MissionParameters) -> String {
    let words = [parameters.languageList, UntrustedText.clean(parameters.values.list, limit: 60)]
    let shown = words.filter { !$0.isEmpty }.joined(separator: " ")
    return shown.isEmpty ? "-" : shown
  }

  private static func row(_ mission: MissionRecord, _ phrases: Phrases) -> [String] {
    [
      MissionText.shortID(mission.id), MissionText.days(mission.parameters, phrases.numbers),
      mission.parameters.mediaType?.rawValue ?? "-", languages(of: mission.parameters),
      phrases.status(mission.status),
      mission.status == .done ? "-" : mission.checkpoint.rawValue,
      mission.adsCount.map { phrases.numbers.count($0) + (mission.suspicion == nil ? "" : " ?") } ?? "-",
      mission.errorCode?.rawValue ?? "-",
      mission.worker.map { UntrustedText.clean($0, limit: 30) } ?? "-",
      mission.finishedAt.map(phrases.numbers.moment) ?? "-",
    ]
  }
}
