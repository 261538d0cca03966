import MissionCore

/// Writes the ads of one request, each from its own number, so that any ad can be made alone.
///
/// They have what the ads of an ad library have and what breaks careless readers: nested and empty
/// containers, numbers whose text must survive (`1.10`, `5e2`, integers beyond 2^53), escapes, ids that
/// repeat, are missing, are numbers or begin with `#`.
struct AdWriter {
  /// No ad without its text is longer.
  static let longestFrame = 2048

  private let seed: UInt64
  private let size: Int
  private let parameters: MissionParameters
  private let dateStart: String
  private let dateEnd: String
  private let text = AdText.shared

  /// `size` is about how many bytes an ad has.
  init(seed: UInt64, size: Int, parameters: MissionParameters) {
    self.seed = seed
    self.size = size
    self.parameters = parameters
    dateStart = parameters.dateStart.description
    dateEnd = parameters.dateEnd.description
  }

  /// Memory that one ad may need.
  var capacity: Int { Self.longestFrame + size * 2 + 64 }

  /// Bytes of ad `index` with the separator before it, when that is known without making it.
  func plannedLength(_ index: Int) -> Int? {
    var draw = SplitMix(seed: seed &+ UInt64(index))
    let target = Self.target(size, &draw)
    return target >= Self.longestFrame ? target : nil
  }

  /// Writes ad `index` with the separator before it.
  func write(_ index: Int, into out: inout ByteWriter) {
    let start = out.count
    var draw = SplitMix(seed: seed &+ UInt64(index))
    let target = Self.target(size, &draw)
    let isSpaced = draw.below(8) == 0
    if index > 0 { out.put(isSpaced ? ",\n  " : ",") }
    out.put(isSpaced ? "{ " : "{")
    writeID(index, &draw, &out)
    writePage(&draw, &out)
    out.put(isSpaced ? ",\n \"spend\" : {\"lower\": " : ",\"spend\":{\"lower\":")
    Self.writeNumber(&draw, &out)
    out.put(",\"upper\":")
    Self.writeNumber(&draw, &out)
    out.put(",\"currency\":")
    out.put(Self.pick(["\"BRL\"", "\"EUR\"", "\"USD\"", "null"], &draw))
    writeReach(&draw, &out)
    writeDates(&draw, &out)
    writeSnapshotStart(&draw, &out)
    out.put("\"body\":{\"text\":\"")
    text.write(count: max(8, target - (out.count - start) - 4), from: &draw, into: &out)
    out.put("\"}}}")
  }

  private static func target(_ size: Int, _ draw: inout SplitMix) -> Int {
    size * 3 / 4 + draw.below(size / 2 + 1)
  }

  private static func pick(_ choices: [StaticString], _ draw: inout SplitMix) -> StaticString {
    choices[draw.below(choices.count)]
  }

  // MARK: - Members

  private func writeID(_ index: Int, _ draw: inout SplitMix, _ out: inout ByteWriter) {
    func put(_ opening: StaticString, _ number: Int, _ closing: StaticString) {
      out.put(opening)
      out.put(100_000_000 + SplitMix.mixed(seed, 0x1D) % 900_000_000)
      out.put(UInt64(number), digits: 7)
      out.put(closing)
    }
    switch draw.below(128) {
    case 0...2 where index > 0: put("\"id\":\"", draw.below(index), "\",")
    case 3, 4: break
    case 5, 6: put("\"id\":", index, ",")
    case 7: put("\"id\":\"#", index, "\",")
    case 8: out.put("\"id\":\"\",")
    case 9: out.put("\"id\":null,")
    case 10: put("\"id\":\"a\\u0062\\/", index, "\",")
    default: put("\"id\":\"", index, "\",")
    }
  }

  private func writePage(_ draw: inout SplitMix, _ out: inout ByteWriter) {
    out.put("\"page\":{\"id\":\"")
    out.put(1_000_000_000 + draw.next() % 9_000_000_000)
    out.put("\",\"name\":\"")
    out.put(
      Self.pick(
        [
          "Loja S\\u00e3o Jo\\u00e3o", "Café & Cia \\\"Matriz\\\"", "ACME \\/ Brasil", "日本の店",
          "Moda \\ud83d\\udc57", "x",
        ], &draw))
    out.put("\",\"likes\":")
    out.put(draw.next() % 5_000_000)
    out.put(",\"verified\":")
    out.put(Self.pick(["true", "false", "null"], &draw))
    out.put("}")
  }

  private func writeReach(_ draw: inout SplitMix, _ out: inout ByteWriter) {
    out.put("},\"impressions\":{\"lower\":")
    let lower = draw.next() % 1_000_000
    out.put(lower)
    out.put(",\"upper\":")
    out.put(lower * 5)
    // Beyond 2^53: a reader that goes through Double changes it.
    out.put("},\"collation_id\":")
    out.put(9_007_199_254_740_993 + draw.next() % 9_000_000_000_000_000_000)
    out.put(",\"publisher_platforms\":")
    out.put(
      Self.pick(
        ["[\"facebook\",\"instagram\"]", "[\"facebook\"]", "[]", "[\"audience_network\", \"messenger\"]"],
        &draw))
    out.put(",\"demographics\":[")
    for row in 0..<draw.below(3) {
      out.put(row == 0 ? "" : ",")
      out.put(Self.pick(["{\"age\":\"18-24\"", "{\"age\":\"65+\"", "{\"age\":null"], &draw))
      out.put(",\"share\":0.")
      out.put(draw.next() % 1000, digits: 3)
      out.put("0}")
    }
    out.put("]")
  }

  private func writeDates(_ draw: inout SplitMix, _ out: inout ByteWriter) {
    out.put(",\"languages\":[")
    for (index, language) in parameters.languages.enumerated() {
      out.put(index == 0 ? "\"" : ",\"")
      out.put(language)
      out.put("\"")
    }
    out.put("],\"media_type\":\"")
    out.put(parameters.mediaTypeText)
    out.put("\",\"start_date\":\"")
    out.put(dateStart)
    out.put("\",\"end_date\":")
    if draw.below(3) == 0 {
      out.put("null")
    } else {
      out.put("\"")
      out.put(dateEnd)
      out.put("\"")
    }
    out.put(",\"is_active\":")
    out.put(Self.pick(["true", "false"], &draw))
  }

  private func writeSnapshotStart(_ draw: inout SplitMix, _ out: inout ByteWriter) {
    out.put(",\"snapshot\":{\"cards\":")
    out.put(
      Self.pick(["[]", "[{}]", "[[],[[]]]", "[{\"cta\":{\"type\":\"SHOP_NOW\",\"extra\":{}}}]"], &draw))
    out.put(",\"extra\":")
    out.put(Self.pick(["{}", "null", "{\"\":\"\"}", "{ }", "[ ]"], &draw))
    out.put(",\"images\":[{\"url\":\"https:\\/\\/cdn.example\\/")
    out.put(draw.next())
    out.put(".jpg\",\"width\":1080,\"ratio\":")
    Self.writeNumber(&draw, &out)
    out.put("}],")
  }

  /// A number in one of the ways JSON allows; a reader must keep its text.
  private static func writeNumber(_ draw: inout SplitMix, _ out: inout ByteWriter) {
    switch draw.below(8) {
    case 0: out.put("1.10")
    case 1: out.put("5e2")
    case 2: out.put("-0.0")
    case 3: out.put("1E+2")
    case 4: out.put("1e-7")
    case 5: out.put(draw.next() % 100_000)
    default:
      out.put(draw.next() % 10_000)
      out.put(".")
      out.put(draw.next() % 10, digits: 1)
      out.put("0")
    }
  }
}

extension SplitMix {
  /// One draw from a seed and a number.
  static func mixed(_ seed: UInt64, _ number: UInt64) -> UInt64 {
    var draw = SplitMix(seed: seed ^ (number &* 0xD6E8_FEB8_6659_FD93))
    return draw.next()
  }
}
