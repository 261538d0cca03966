import MissionCore

/// What a command asks of the run that holds the journal.
package enum ControlRequest: Hashable, Sendable {
  case cancel([MissionID])
  case retry([MissionID])
  case rerun([MissionID])
  case accept([MissionID])

  /// Whom it is about.
  package var missions: [MissionID] {
    switch self {
    case .cancel(let ids), .retry(let ids), .rerun(let ids), .accept(let ids): return ids
    }
  }

  /// One line: the word, then ids.
  var line: String {
    switch self {
    case .cancel(let ids): return "cancel " + ids.map(\.description).joined(separator: " ")
    case .retry(let ids): return "retry " + ids.map(\.description).joined(separator: " ")
    case .rerun(let ids): return "rerun " + ids.map(\.description).joined(separator: " ")
    case .accept(let ids): return "accept " + ids.map(\.description).joined(separator: " ")
    }
  }

  init?(line: some StringProtocol) {
    let words = line.split(separator: " ")
    let ids = words.dropFirst().compactMap { MissionID($0) }
    guard !ids.isEmpty, ids.count == words.count - 1 else { return nil }
    switch words[0] {
    case "cancel": self = .cancel(ids)
    case "retry": self = .retry(ids)
    case "rerun": self = .rerun(ids)
    case "accept": self = .accept(ids)
    default: return nil
    }
  }
}

/// What came of it.
package struct ControlReply: Hashable, Sendable {
  /// Missions that are changed.
  package var changed = 0
  /// Those that are not, with the reasons.
  package var refused: [(MissionID, Message)] = []

  package static func == (left: ControlReply, right: ControlReply) -> Bool { left.lines == right.lines }
  package func hash(into hasher: inout Hasher) { hasher.combine(lines) }

  /// A line with the number, then a line for each refusal: in English and, behind a tab, as key and arguments.
  var lines: String {
    let refusals = refused.map { id, reason in
      "refused \(id) \(Self.line(reason.plain))" + (reason.stored.map { "\t\($0)" } ?? "")
    }
    return (["changed \(changed)"] + refusals).map { $0 + "\n" }.joined()
  }

  private static func line(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }

  init() {}

  /// Nothing is changed, for one reason.
  package init(refusing missions: [MissionID], _ reason: Message) { refused = missions.map { ($0, reason) } }

  init?(lines: String) {
    let all = lines.split(separator: "\n")
    guard let first = all.first, first.hasPrefix("changed "), let changed = Int(first.dropFirst(8)) else {
      return nil
    }
    self.changed = changed
    for line in all.dropFirst() {
      let words = line.split(separator: " ", maxSplits: 2)
      guard words.count == 3, words[0] == "refused", let id = MissionID(words[1]) else { return nil }
      let reason = words[2].split(separator: "\t", maxSplits: 1).map(String.init)
      refused.append((id, Message(stored: reason.count > 1 ? reason[1] : nil, text: reason.first ?? "")))
    }
  }
}
