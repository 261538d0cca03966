import MissionCore
import TestServers
import Testing

@testable import MissionFiles

/// Rows with random parameters against Python's `csv` and `hashlib`: the same ids, by the contract's own words.
@Suite(.timeLimit(.minutes(5))) struct PythonParametersTests {
  /// The ids of the rows that are right, in their order. It knows no places and no messages.
  private static let script = #"""
    import csv, datetime, hashlib, io, re, urllib.parse, uuid
    declared = {
      'default': (True, {'conta': int, 'q': str}),
      'jobs': (False, {'q': str, 'desde': datetime.date, 'tipo': ['reag', 'ação'], 'conta': int}),
      'plain': (False, {}),
    }
    def day(text):
      if not re.fullmatch(r'[0-9]{4}-[0-9]{2}-[0-9]{2}', text): raise ValueError
      return datetime.date.fromisoformat(text)
    def value(kind, text):
      if kind is int:
        if not re.fullmatch('-?(0|[1-9][0-9]{0,17})', text, re.ASCII): raise ValueError
        return str(int(text))
      if kind is datetime.date: day(text)
      elif kind is not str and text not in kind: raise ValueError
      return text
    def mission(row):
      source = row['source'] or 'default'
      if source not in declared: raise ValueError
      worker, kinds = declared[source]
      if day(row['date_start']) > day(row['date_end']): raise ValueError
      pairs = {}
      for name in ('conta', 'q', 'desde', 'tipo'):
        if row[name] == '': continue
        if name not in kinds: raise ValueError
        pairs[name] = value(kinds[name], row[name])
      lengths = [len(urllib.parse.quote(v, safe='')) for v in pairs.values()]
      if lengths and (max(lengths) > 256 or sum(lengths) > 1024): raise ValueError
      media, languages = row['media_type'], row['languages']
      if (worker or media) and media not in ('all', 'video', 'image'): raise ValueError
      codes = languages.split(',') if worker or languages else []
      if not all(re.fullmatch('[A-Za-z]{2,3}', c) for c in codes): raise ValueError
      codes = ','.join(sorted({c.lower() for c in codes}))
      if worker and not pairs:
        line = '|'.join(['v1', source, row['date_start'], row['date_end'], media, codes])
      else:
        if codes: pairs['languages'] = codes
        if media: pairs['media_type'] = media
        escaped = lambda t: re.sub('[%|=\x00-\x1f]', lambda m: '%%%02X' % ord(m.group()), t)
        line = '|'.join(['v2', source, row['date_start'], row['date_end']]
          + [n + '=' + escaped(pairs[n]) for n in sorted(pairs, key=lambda n: n.encode())])
      b = bytearray(hashlib.sha256(line.encode()).digest()[:16])
      b[6] = b[6] & 15 | 128
      b[8] = b[8] & 63 | 128
      return str(uuid.UUID(bytes=bytes(b)))
    for one in inputs:
      found = []
      for row in csv.DictReader(io.StringIO(one.decode(), newline=''), strict=True):
        try: found.append(mission(row))
        except ValueError: pass
      print(','.join(found))
    """#

  private static let sources = MissionSources([
    SourceDeclaration(
      name: "default", needsMedia: true,
      parameters: [
        ParameterDeclaration(name: "conta", type: .integer), ParameterDeclaration(name: "q", type: .text),
      ]),
    SourceDeclaration(
      name: "jobs", needsMedia: false,
      parameters: [
        ParameterDeclaration(name: "q", type: .text), ParameterDeclaration(name: "desde", type: .date),
        ParameterDeclaration(name: "tipo", type: .words(["reag", "ação"])),
        ParameterDeclaration(name: "conta", type: .integer),
      ]),
    SourceDeclaration(name: "plain", needsMedia: false, parameters: []),
  ])

  private static let columns = [
    "date_start", "date_end", "source", "media_type", "languages", "conta", "q", "desde", "tipo",
  ]
  private static let pieces = [
    "a", "%", "|", "=", "\n", "\t", "\u{1}", "\u{7F}", "é", "e\u{301}", "日本", "😀", " ", "%41", "\"", ",",
    String(repeating: "x", count: 120), "\u{FEFF}b",
  ]

  private static func row(_ draw: inout Draw) -> [String: String] {
    var text = ""
    for _ in 0..<draw.number(0...4) { text += draw.one(of: pieces) }
    let source = draw.one(of: ["", "default", "jobs", "jobs", "jobs", "plain", "other"])
    let isWorker = ["", "default"].contains(source)
    let other = !isWorker && draw.number(0...1) == 0
    return [
      "date_start": draw.one(of: ["2025-01-01", "2025-01-02", "2025-02-30"]),
      "date_end": draw.one(of: ["2025-01-02", "2025-01-31"]), "source": source,
      "media_type": other ? "" : draw.one(of: ["video", "all", "video", "image", ""]),
      "languages": other ? "" : draw.one(of: ["pt", "PT,eng", "pt,pt", "eng,pt", ""]),
      "conta": draw.one(of: [
        "", "", "0", "-0", "42", "007", "999999999999999999", "1000000000000000000", "-5",
      ]),
      "q": source == "plain" ? "" : draw.one(of: ["", text, text]),
      "desde": draw.one(of: ["", "", "", "2024-02-29", "2025-02-29", "x"]),
      "tipo": draw.one(of: ["", "", "", "reag", "ação", "ac\u{327}a\u{303}o", "master"]),
    ]
  }

  private static func file(_ draw: inout Draw) -> String {
    func quoted(_ field: String) -> String {
      "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
    var names = columns
    for index in names.indices { names.swapAt(index, draw.number(index...names.count - 1)) }
    var lines = [names.joined(separator: ",")]
    for _ in 0..<draw.number(1...5) {
      let row = row(&draw)
      lines.append(names.map { quoted(row[$0] ?? "") }.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(
    "three thousand random files with parameters have the ids that Python finds",
    .enabled(if: PythonReference.isThere()))
  func agreement() throws {
    var draw = Draw(seed: 11)
    let files = (0..<3000).map { _ in Array(Self.file(&draw).utf8) }
    let theirs = try PythonReference.run(Self.script, on: files)
    try #require(theirs.count == files.count)
    for (file, expected) in zip(files, theirs) {
      var ids: [String] = []
      var reading = MissionImport(path: "a.csv", sources: Self.sources)
      try file.withUnsafeBufferPointer {
        try reading.take($0, deliver: { ids += $0.map { "\($0.id)" } }, report: { _ in })
      }
      _ = try reading.finish(deliver: { ids += $0.map { "\($0.id)" } }, report: { _ in })
      #expect(
        ids.joined(separator: ",") == expected, "\(String(decoding: file, as: UTF8.self).debugDescription)")
    }
    #expect(theirs.filter { !$0.isEmpty }.count > 500, "missions are well represented")
  }
}
