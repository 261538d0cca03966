import MissionCore
import TestServers
import Testing

@testable import MissionFiles

/// Rows of random mission files against Python's `csv` and `hashlib`: the same missions, by the contract's own words.
@Suite(.timeLimit(.minutes(5))) struct PythonRowsTests {
  /// The ids of the rows that are right, sorted; `-` when the file is refused. It knows no places and no messages.
  private static let script = #"""
    import csv, datetime, hashlib, io, re, uuid
    def day(text):
      if not re.fullmatch(r'[0-9]{4}-[0-9]{2}-[0-9]{2}', text): raise ValueError
      return datetime.date.fromisoformat(text)
    def mission(row):
      start, end, media, languages = row
      if day(start) > day(end): raise ValueError
      if media not in ('all', 'video', 'image'): raise ValueError
      codes = languages.split(',')
      if not all(re.fullmatch('[A-Za-z]{2,3}', c) for c in codes): raise ValueError
      line = '|'.join(['v1', 'default', start, end, media, ','.join(sorted({c.lower() for c in codes}))])
      b = bytearray(hashlib.sha256(line.encode()).digest()[:16])
      b[6] = b[6] & 15 | 128
      b[8] = b[8] & 63 | 128
      return str(uuid.UUID(bytes=bytes(b)))
    for one in inputs:
      found = []
      for row in csv.reader(io.StringIO(one.decode(), newline=''), strict=True):
        if not row or row == ['date_start', 'date_end', 'media_type', 'languages']: continue
        try: found.append(mission(row))
        except ValueError: pass
      print(','.join(sorted(found)))
    """#

  private static let dates = [
    "2025-01-01", "2025-01-02", "2024-02-29", "0001-01-01", "9999-12-31", "2025-06-30", "2025-02-29",
    "2025-1-1",
    "", "2025-13-01",
  ]
  private static let media = ["all", "video", "image", "video", "Video", ""]
  private static let languages = ["pt", "pt,eng", "ENG,pt,pt", "es", "eng", "p", "", "x1", "port", "pt;eng"]

  /// A file whose form is right, whatever its fields say.
  private static func file(_ draw: inout Draw) -> String {
    let lineEnd = draw.one(of: ["\n", "\r\n"])
    var lines = ["date_start,date_end,media_type,languages"]
    for _ in 0..<draw.number(0...6) {
      let start = draw.one(of: dates)
      let end = draw.number(0...1) == 0 ? start : draw.one(of: dates)
      var fields = [start, end, draw.one(of: media), draw.one(of: languages)]
      if draw.number(0...9) == 0 { fields.append("x") }
      if draw.number(0...9) == 0 { fields.removeLast() }
      if draw.number(0...9) == 0 { fields[0] = "a\"b\(lineEnd)c,d" }
      lines.append(
        fields.map { field in
          let needsQuotes = field.contains { ",\"\r\n".contains($0) } || field.unicodeScalars.contains("\r")
          guard needsQuotes || draw.number(0...3) == 0 else { return field }
          return "\""
            + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }.joined(separator: ","))
      if draw.number(0...9) == 0 { lines.append("") }
    }
    return lines.joined(separator: lineEnd) + (draw.number(0...1) == 0 ? lineEnd : "")
  }

  @Test(
    "three thousand random files hold the missions that Python finds", .enabled(if: PythonReference.isThere())
  )
  func agreement() throws {
    var draw = Draw(seed: 3)
    let files = (0..<3000).map { _ in Array(Self.file(&draw).utf8) }
    let theirs = try PythonReference.run(Self.script, on: files)
    try #require(theirs.count == files.count)
    for (file, expected) in zip(files, theirs) {
      var ids: [String] = []
      var reading = MissionImport(path: "a.csv")
      try file.withUnsafeBufferPointer {
        try reading.take($0, deliver: { ids += $0.map { "\($0.id)" } }, report: { _ in })
      }
      _ = try reading.finish(deliver: { ids += $0.map { "\($0.id)" } }, report: { _ in })
      #expect(
        ids.sorted().joined(separator: ",") == expected,
        "\(String(decoding: file, as: UTF8.self).debugDescription)")
    }
    #expect(theirs.filter { !$0.isEmpty }.count > 500, "missions are well represented")
  }
}
