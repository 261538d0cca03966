/// Lays an array out as `JSONLayout` does, from its elements one after the other, in bounded memory.
public struct JSONArrayLayout {
  private static let pieceSize = 64 << 10

  private let piece: (UnsafeRawBufferPointer) -> Void
  private var isEmpty: Bool

  /// - Parameters:
  ///   - isEmpty: false goes on behind elements that another layout took.
  ///   - piece: takes the layout's bytes in order and must be done with them when it returns.
  public init(isEmpty: Bool = true, to piece: @escaping (UnsafeRawBufferPointer) -> Void) {
    self.isEmpty = isEmpty
    self.piece = piece
  }

  /// - Parameter element: valid JSON.
  public mutating func add(_ element: UnsafeRawBufferPointer) {
    give(isEmpty ? "[\n  " : ",\n  ")
    isEmpty = false
    var layout = JSONLayout(element, depth: 1, isDocument: false)
    withUnsafeTemporaryAllocation(byteCount: Self.pieceSize, alignment: 16) { buffer in
      while true {
        let count = layout.fill(buffer)
        if count == 0 { return }
        piece(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
  }

  /// After the last element.
  public func finish() { give(isEmpty ? "[]\n" : "\n]\n") }

  private func give(_ text: StaticString) {
    piece(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
