import Spool
import Synchronization

/// Joins ads to an array again.
final class ArrayWriter: Sendable {
  private let writer: SubstituteWriter
  private let isEmpty = Mutex(true)

  init(_ writer: SubstituteWriter) { self.writer = writer }

  /// The next ad.
  @Sendable func add(_ ad: UnsafeRawBufferPointer) {
    let isFirst = isEmpty.withLock { isEmpty in
      defer { isEmpty = false }
      return isEmpty
    }
    write(isFirst ? "[" : ",")
    writer.write(ad)
  }

  func finish() { write(isEmpty.withLock { $0 } ? "[]" : "]") }

  private func write(_ text: StaticString) {
    writer.write(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
