/// Where a small result lies.
struct RecordPlace: Hashable {
  /// The segment's number.
  let segment: Int
  /// Of the data, behind their header.
  let offset: Int
  let size: Int
  let sequence: UInt64
}
