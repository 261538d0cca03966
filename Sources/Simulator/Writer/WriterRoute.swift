/// Where a request below `/writer` goes.
struct WriterRoute {
  let kind: RequestKind
  let mission: String?

  /// Nil for a path that is not below it.
  init?(method: String, path: Substring) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard parts.first == "writer" else { return nil }
    let rest = Array(parts.dropFirst())
    mission = rest.count == 2 ? String(rest[1]) : nil
    switch (method, rest.first, rest.count) {
    case ("GET", "health", 1): kind = .writerHealth
    case ("GET", "missions", 1): kind = .listMissions
    case ("PUT", "missions", 2): kind = .putMission
    case ("GET", "missions", 2): kind = .getMission
    case ("DELETE", "missions", 2): kind = .deleteMission
    default: kind = .unknown
    }
  }
}
