/// The record being read: the bytes of its fields, bounded, and where each began.
///
/// One buffer is used for all records, so that a row costs no allocation.
final class CSVRecord {
  /// Fields whose bytes are kept.
  let keptFields: Int
  /// A longer field is an error: no column accepts anything near it.
  static let largestField = 64 << 10

  struct Field {
    fileprivate(set) var start = 0
    fileprivate(set) var end = 0
    fileprivate(set) var line = 0
    fileprivate(set) var column = 0
  }

  // Owned for the life of the record; pages that are never written to cost nothing.
  private let bytes: UnsafeMutablePointer<UInt8>
  private let fields: UnsafeMutablePointer<Field>
  /// Also those that are not kept.
  private(set) var fieldCount = 0
  private var used = 0
  /// No field has a byte, nor those that are not kept.
  private(set) var isBlank = true

  init(keptFields: Int) {
    self.keptFields = keptFields
    bytes = .allocate(capacity: keptFields * Self.largestField)
    fields = .allocate(capacity: keptFields)
    fields.initialize(repeating: Field(), count: keptFields)
  }

  deinit {
    bytes.deallocate()
    fields.deallocate()
  }

  func clear() {
    fieldCount = 0
    used = 0
    isBlank = true
  }

  func beginField(line: Int, column: Int) {
    if fieldCount < keptFields {
      fields[fieldCount] = Field(start: used, end: used, line: line, column: column)
    }
    fieldCount += 1
  }

  /// Adds to the last field; false when it would be too long.
  @inline(__always)
  func append(_ source: UnsafePointer<UInt8>, count: Int) -> Bool {
    let index = fieldCount - 1
    isBlank = false
    guard index < keptFields else { return true }
    guard used - fields[index].start + count <= Self.largestField else { return false }
    (bytes + used).update(from: source, count: count)
    used += count
    fields[index].end = used
    return true
  }

  func field(_ index: Int) -> Field { fields[index] }

  /// The bytes of a kept field; they live until the next record.
  func bytes(of index: Int) -> UnsafeBufferPointer<UInt8> {
    let field = fields[index]
    return UnsafeBufferPointer(start: bytes + field.start, count: field.end - field.start)
  }
}
