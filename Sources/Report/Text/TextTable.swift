import MissionCore

/// Aligned columns of text, without lines or colour.
public struct TextTable: Sendable {
  /// Where the text of a column stands.
  public enum Alignment: Sendable { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  public init(_ alignments: [Alignment]) { self.alignments = alignments }

  public mutating func add(_ row: [String]) { rows.append(row) }

  /// The lines, columns two spaces apart, without spaces at their ends.
  public func lines(indent: Int = 0) -> [String] {
    var widths = [Int](repeating: 0, count: alignments.count)
    for row in rows {
      for (column, cell) in row.enumerated() {
        widths[column] = max(widths[column], DisplayColumns.count(of: cell))
      }
    }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        if column > 0 { line += "  " }
        line +=
          alignments[column] == .right
          ? DisplayColumns.padLeft(cell, to: widths[column]) : DisplayColumns.pad(cell, to: widths[column])
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}
