import MissionCore

/// What a command asks of the run that holds the journal.
package enum ControlRequest: Hashable, Sendable {
  case cancel([MissionID])
  case retry([MissionID])
  case accept([MissionID])

  /// Whom it is about.
  package var missions: [MissionID] {
    switch self {
    case .cancel(let ids), .retry(let ids), .accept(let ids): return ids
    }
  }

  /// One line: the word, then ids.
  var line: String {
    switch self {
    case .cancel(let ids): return "cancel " + ids.map(\.description).joined(separator: " ")
    case .retry(let ids): return "retry " + ids.map(\.description).joined(separator: " ")
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
  package var refused: [(MissionID, String)] = []

  package static func == (left: ControlReply, right: ControlReply) -> Bool { left.lines == right.lines }
  package func hash(into hasher: inout Hasher) { hasher.combine(lines) }

  /// A line with the number, then a line for each refusal.
  var lines: String {
    (["changed \(changed)"] + refused.map { "refused \($0.0) \($0.1)" }).map { $0 + "\n" }.joined()
  }

  init() {}

  /// Nothing is changed, for one reason.
  package init(refusing missions: [MissionID], _ reason: String) { refused = missions.map { ($0, reason) } }

  init?(lines: String) {
    let all = lines.split(separator: "\n")
    guard let first = all.first, first.hasPrefix("changed "), let changed = Int(first.dropFirst(8)) else {
      return nil
    }
    self.changed = changed
    for line in all.dropFirst() {
      let words = line.split(separator: " ", maxSplits: 2)
      guard words.count == 3, words[0] == "refused", let id = MissionID(words[1]) else { return nil }
      refused.append((id, String(words[2])))
    }
  }
}
