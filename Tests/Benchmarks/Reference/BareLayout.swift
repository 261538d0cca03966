import Glibc

/// Lays JSON out with two spaces a level, every token as it came; into memory, or through it into a file.
final class BareLayout {
  private static let piece = 1 << 20

  private var out = UnsafeMutablePointer<UInt8>.allocate(capacity: piece)
  private var capacity = piece
  private var count = 0
  private let file: UnsafeMutablePointer<FILE>?

  init(file: UnsafeMutablePointer<FILE>? = nil) { self.file = file }

  deinit { out.deallocate() }

  /// What was laid out last, until the next use.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: out, count: count) }

  func layOut(_ json: BareJSON, _ place: Range<Int>) {
    count = 0
    var depth = 0
    var index = place.lowerBound
    let bytes = json.bytes
    while index < place.upperBound {
      let byte = bytes[index]
      var next = index + 1
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        while bytes[next] <= 0x20 { next += 1 }
        put(byte)
        if bytes[next] == byte + 2 {
          put(bytes[next])
          next += 1
        } else {
          depth += 1
          newLine(depth)
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        newLine(depth)
        put(byte)
      case UInt8(ascii: ","):
        put(byte)
        newLine(depth)
      case UInt8(ascii: ":"):
        put(byte)
        put(UInt8(ascii: " "))
      default:
        next = byte == UInt8(ascii: "\"") ? json.stringEnd(index) : Self.wordEnd(bytes, index)
        put(UnsafeRawBufferPointer(rebasing: bytes[index..<next]))
      }
      index = next
    }
    put(UInt8(ascii: "\n"))
    if file != nil { flush() }
  }

  private static func wordEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var index = start + 1
    while bytes[index] > 0x20, ![0x2C, 0x5D, 0x7D].contains(bytes[index]) { index += 1 }
    return index
  }

  @inline(__always)
  private func reserve(_ more: Int) {
    if count + more > capacity { makeRoom(more) }
  }

  private func makeRoom(_ more: Int) {
    if file != nil { flush() }
    guard count + more > capacity else { return }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: (count + more) * 2)
    larger.update(from: out, count: count)
    out.deallocate()
    (out, capacity) = (larger, (count + more) * 2)
  }

  private func flush() {
    fwrite(out, 1, count, file)
    count = 0
  }

  private func put(_ byte: UInt8) {
    reserve(1)
    out[count] = byte
    count += 1
  }

  private func put(_ bytes: UnsafeRawBufferPointer) {
    reserve(bytes.count)
    memcpy(out + count, bytes.baseAddress!, bytes.count)
    count += bytes.count
  }

  private func newLine(_ depth: Int) {
    reserve(1 + 2 * depth)
    out[count] = UInt8(ascii: "\n")
    memset(out + count + 1, 0x20, 2 * depth)
    count += 1 + 2 * depth
  }
}
