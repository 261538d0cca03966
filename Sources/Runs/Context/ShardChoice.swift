import MissionCore

/// Which part of the missions a command line asks for.
package enum ShardChoice: Hashable, Sendable {
  /// `I/N`.
  case part(MissionFilter.Shard)
  /// What the engine's variables say.
  case auto

  /// What was named by hand.
  package var part: MissionFilter.Shard? {
    if case .part(let part) = self { part } else { nil }
  }

  /// As it is typed.
  package var text: String {
    switch self {
    case .part(let part): return "\(part.index)/\(part.count)"
    case .auto: return "auto"
    }
  }
}
