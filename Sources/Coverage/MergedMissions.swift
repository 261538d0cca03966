/// Several sorted streams as one, in which each mission comes once.
struct MergedMissions {
  private let streams: [any MissionStream]
  /// The next of each stream.
  private var heads: [CoveringMission?]

  init(_ streams: [any MissionStream]) throws {
    self.streams = streams
    heads = try streams.map { try $0.next() }
  }

  mutating func next() throws -> CoveringMission? {
    guard var first = try takeFirst() else { return nil }
    while let place = heads.indices.first(where: { heads[$0]?.isSameMission(as: first) == true }) {
      if let same = heads[place] { first.merge(same) }
      heads[place] = try streams[place].next()
    }
    return first
  }

  private mutating func takeFirst() throws -> CoveringMission? {
    var place: Int?
    for index in heads.indices {
      guard let head = heads[index] else { continue }
      if let chosen = place, let best = heads[chosen], !head.comes(before: best) { continue }
      place = index
    }
    guard let place else { return nil }
    let first = heads[place]
    heads[place] = try streams[place].next()
    return first
  }
}
