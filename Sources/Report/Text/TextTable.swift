import MissionCore

/// Aligned columns of text, without lines or colour.
public struct TextTable: Sendable {
  /// Where the text of a column stands.
  public enum Alignment: Sendable { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  public init(_ alignments: [Alignment]) { self.alignments = alignments }

  /// A row of as many cells as there are columns.
  public mutating func add(_ row: [String]) { rows.append(row) }

  /// The lines, columns two spaces apart, without spaces at their ends.
  ///
  /// - Parameter width: what the last column lists with commas is folded to so many columns, below its beginning.
  public func lines(indent: Int = 0, width: Int? = nil) -> [String] {
    var widths = [Int](repeating: 0, count: alignments.count)
    for row in rows {
      for (column, cell) in row.enumerated() {
        widths[column] = max(widths[column], DisplayColumns.count(of: cell))
      }
    }
    let before = indent + widths.dropLast().reduce(0) { $0 + $1 + 2 }
    return rows.flatMap { row -> [String] in
      let cells = row.enumerated().map { column, cell in
        alignments[column] == .right
          ? DisplayColumns.padLeft(cell, to: widths[column]) : DisplayColumns.pad(cell, to: widths[column])
      }
      let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
      guard let width, row.count == alignments.count, let last = row.last else { return [Self.trimmed(line)] }
      let folded = Self.fold(last, to: width - before)
      let head = String(repeating: " ", count: indent) + cells.dropLast().map { $0 + "  " }.joined()
      let blank = String(repeating: " ", count: before)
      return folded.enumerated().map { Self.trimmed(($0.offset == 0 ? head : blank) + $0.element) }
    }
  }

  /// A list that is too wide as several lines, each but the last with its comma. What is narrower than a date's range
  /// is not worth it.
  private static func fold(_ list: String, to room: Int) -> [String] {
    guard room >= 24, DisplayColumns.count(of: list) > room else { return [list] }
    var lines: [String] = []
    for item in list.split(separator: ", ") {
      if let last = lines.last,
        DisplayColumns.count(of: last) + 2 + DisplayColumns.count(of: String(item)) < room
      {
        lines[lines.count - 1] = last + ", " + item
      } else {
        if !lines.isEmpty { lines[lines.count - 1] += "," }
        lines.append(String(item))
      }
    }
    return lines
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }
}
