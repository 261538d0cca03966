/// The figures as text in columns.
struct Table {
  let figures: [Figure]
  /// Whether figures are held against their targets; small amounts say nothing about speed.
  let judges: Bool

  var text: String {
    let rows = [["figure", "measured", "reference", "ratio", "target", ""]] + figures.map(row)
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { Self.padded(row[$0], widths[$0], isLeft: $0 == 0 || $0 >= 4) }
      return cells.joined(separator: "  ").trimmedEnd + "\n"
    }.joined() + note
  }

  private func row(_ figure: Figure) -> [String] {
    [
      figure.name, figure.unit.text(figure.measured.median),
      figure.reference.isEmpty ? "" : figure.unit.text(figure.reference.median),
      figure.ratio.map { Decimal.text($0, places: 2) } ?? "", target(figure),
      judges ? figure.isMet.map { $0 ? "met" : "MISSED" } ?? "" : "",
    ]
  }

  private func target(_ figure: Figure) -> String {
    switch figure.target {
    case nil: return ""
    case .below(let limit): return "< \(figure.unit.text(limit))"
    case .ratioAtLeast(let limit): return "ratio ≥ \(Decimal.text(limit, places: 2))"
    case .ratioAtMost(let limit): return "ratio ≤ \(Decimal.text(limit, places: 2))"
    }
  }

  private var note: String {
    let quick = judges ? "" : "Small amounts, to see that everything works: the figures mean little.\n"
    return """

      Measured and reference are medians of rounds in turns, the ratio is the median of the rounds' ratios. The
      references are this program's own plain loops over libcurl and SQLite (Tests/Benchmarks/Reference), run
      against a fresh simulator each; they leave the same rows and objects, and keep no spool and nothing to resume or
      retry from. System calls are counted under strace, syncs and log bytes by a preloaded library, in runs of their
      own. The targets that are ratios were set for another reference, a C loop with a static worker: against this one
      they are a guide. The reference of uploads is s5cmd, against the same kind of server with the same files; that of loading into
      PostgreSQL is psql's \\copy of the same rows into the same table.
      \(quick)
      """
  }

  private static func padded(_ text: String, _ width: Int, isLeft: Bool) -> String {
    let spaces = String(repeating: " ", count: width - text.count)
    return isLeft ? text + spaces : spaces + text
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
