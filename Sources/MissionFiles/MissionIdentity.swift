import Crypto
import MissionCore

/// Takes the ids of missions from what they ask for, one after the other.
struct MissionIdentity {
  private var canonical: [UInt8] = []

  init() { canonical.reserveCapacity(256) }

  /// `MissionParameters.canonicalLine`; that of most missions without building a string for each.
  mutating func id(of parameters: MissionParameters, needsMedia: Bool) -> MissionID {
    guard needsMedia, parameters.values.isEmpty else {
      return MissionID(
        digest: SHA256.digest(of: Array(parameters.canonicalLine(needsMedia: needsMedia).utf8)))
    }
    canonical.removeAll(keepingCapacity: true)
    canonical.append(contentsOf: "v1|".utf8)
    canonical.append(contentsOf: parameters.source.utf8)
    canonical.append(UInt8(ascii: "|"))
    append(parameters.dateStart)
    append(parameters.dateEnd)
    canonical.append(contentsOf: parameters.mediaTypeText.utf8)
    canonical.append(UInt8(ascii: "|"))
    for (index, language) in parameters.languages.enumerated() {
      if index > 0 { canonical.append(.comma) }
      canonical.append(contentsOf: language.utf8)
    }
    return MissionID(digest: SHA256.digest(of: canonical))
  }

  private mutating func append(_ day: CalendarDay) {
    canonical.append(contentsOf: day.description.utf8)
    canonical.append(UInt8(ascii: "|"))
  }
}
