import MissionCore
import Ports
import Threads

/// Writes rows of a table of records in COPY's binary format, which needs no escaping: the records' bytes go as they are.
///
/// Rows are gathered to pieces; a large record is sent from where it lies, so that it is never copied whole.
final class CopyRows {
  private let connection: LibpqConnection
  private let deadline: Moment
  private let piece: UnsafeMutableRawBufferPointer
  private var filled = 0
  /// What every row begins with: four columns, the first of them the mission's id.
  private let rowStart: [UInt8]

  /// Bytes that are sent together: enough for the system calls not to matter.
  private static let pieceSize = 128 << 10
  /// libpq's own buffer stays small when even the largest record is handed over in such parts.
  private static let largestPart = 1 << 20
  private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0]
  /// The version of `jsonb`'s binary form: what follows is text.
  private static let jsonbVersion: UInt8 = 1
  /// Bytes of the largest value that PostgreSQL can hold at all; a record must be smaller.
  static let largestValue = 1 << 30

  init(_ connection: LibpqConnection, mission: MissionID, deadline: Moment) {
    self.connection = connection
    self.deadline = deadline
    piece = .allocate(byteCount: Self.pieceSize, alignment: 8)
    rowStart =
      Self.bigEndian(4 as Int16) + Self.bigEndian(16 as Int32) + Self.bigEndian(mission.high)
      + Self.bigEndian(mission.low)
    // Neither flags nor a header extension.
    store(Self.signature + Self.bigEndian(0 as Int64))
  }

  deinit { piece.deallocate() }

  func append(_ row: RecordRow, of bytes: UnsafeRawBufferPointer) throws(LibpqError) {
    switch row.id {
    case .place(let range): try append(row, id: UnsafeRawBufferPointer(rebasing: bytes[range]), bytes)
    case .text(let text):
      let copy = Array(text.utf8)
      try copy.withUnsafeBufferPointer { (id) throws(LibpqError) in
        try append(row, id: UnsafeRawBufferPointer(id), bytes)
      }
    }
  }

  private func append(_ row: RecordRow, id: UnsafeRawBufferPointer, _ bytes: UnsafeRawBufferPointer)
    throws(LibpqError)
  {
    try makeRoom(rowStart.count + 4)
    rowStart.withUnsafeBytes { store($0) }
    store(Int32(id.count))
    try send(id)
    try makeRoom(4 + 8 + 4 + 1)
    store(8 as Int32)
    store(Int64(row.position))
    store(Int32(row.data.count + 1))
    store(Self.jsonbVersion)
    try send(UnsafeRawBufferPointer(rebasing: bytes[row.data]))
  }

  /// The end mark, and what is left.
  func finish() throws(LibpqError) {
    try makeRoom(2)
    store(-1 as Int16)
    try sendPiece()
  }

  /// Through the piece when it fits in, else straight from where it lies.
  private func send(_ bytes: UnsafeRawBufferPointer) throws(LibpqError) {
    if bytes.count <= Self.pieceSize {
      try makeRoom(bytes.count)
      return store(bytes)
    }
    try sendPiece()
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.largestPart)
      try connection.putCopyData(UnsafeRawBufferPointer(rebasing: part), deadline: deadline)
      rest = rest.dropFirst(part.count)
    }
  }

  @inline(__always)
  private func makeRoom(_ count: Int) throws(LibpqError) {
    if filled + count > Self.pieceSize { try sendPiece() }
  }

  private func sendPiece() throws(LibpqError) {
    let full = UnsafeRawBufferPointer(rebasing: piece[..<filled])
    filled = 0
    try connection.putCopyData(full, deadline: deadline)
  }

  @inline(__always)
  private func store(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    (piece.baseAddress! + filled).copyMemory(from: source, byteCount: bytes.count)
    filled += bytes.count
  }

  private func store(_ bytes: [UInt8]) { bytes.withUnsafeBytes { store($0) } }

  @inline(__always)
  private func store(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.bigEndian) { store($0) }
  }

  private static func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
}
