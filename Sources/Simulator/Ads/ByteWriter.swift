import Glibc

/// Writes text into memory that its owner has made large enough.
struct ByteWriter {
  private let start: UnsafeMutableRawPointer
  private var at: UnsafeMutableRawPointer

  init(_ start: UnsafeMutableRawPointer) {
    self.start = start
    at = start
  }

  var count: Int { start.distance(to: at) }

  mutating func put(_ text: StaticString) {
    memcpy(at, text.utf8Start, text.utf8CodeUnitCount)
    at += text.utf8CodeUnitCount
  }

  mutating func put(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    memcpy(at, base, bytes.count)
    at += bytes.count
  }

  mutating func put(_ text: String) {
    var text = text
    text.withUTF8 { put(UnsafeRawBufferPointer($0)) }
  }

  /// Decimal, with leading zeros up to `digits`.
  mutating func put(_ number: UInt64, digits: Int = 1) {
    var number = number
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
      var first = 20
      repeat {
        first -= 1
        buffer[first] = UInt8(48 + number % 10)
        number /= 10
      } while number > 0 || 20 - first < digits
      put(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[first...]))
    }
  }

  mutating func fill(_ byte: UInt8, count: Int) {
    guard count > 0 else { return }
    memset(at, Int32(byte), count)
    at += count
  }
}
