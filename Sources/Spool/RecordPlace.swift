/// Where a small result lies.
struct RecordPlace: Hashable {
  /// The segment's number.
  let segment: Int
  /// Of the data, behind their header.
  let offset: Int
  let size: Int
  let sequence: UInt64
  /// Which start of the mission brought the data; 0 when that is not known.
  let attempt: Int
}
