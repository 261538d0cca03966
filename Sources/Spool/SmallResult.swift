import MissionCore

/// A judged result on its way into a segment.
struct SmallResult {
  let mission: MissionID
  /// Which start of the mission brought it; 0 when that is not known.
  let attempt: Int
  /// As it was received: a copy is spared.
  let answer: [UInt8]
  /// Where the data lie in it.
  let data: Range<Int>
  /// Of the data, 32 bytes.
  let sha256: [UInt8]
}
