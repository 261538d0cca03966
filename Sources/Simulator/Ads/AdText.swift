import Glibc

/// The words that ads are padded with: several scripts, and every escape a JSON string can hold.
///
/// A long text is made once; an ad's text is some stretch of it, cut between words, so that padding costs
/// a memory copy.
struct AdText: Sendable {
  /// Each is whole JSON string content: no escape and no character is ever cut.
  private static let words: [StaticString] = [
    "oferta ", "promoção ", "grátis ", "desconto de 50% ", "frete ", "São Paulo ", "hoje ", "você ",
    "coração ",
    "limited ", "time ", "offer ", "shop now ", "new ", "collection ", "free shipping ", "save 10.00 ",
    "caf\\u00e9 ", "a\\u00e7\\u00e3o ", "\\\"imperd\\u00edvel\\\" ", "C:\\\\ads\\\\video ",
    "https:\\/\\/loja.example\\/p ",
    "\\ud83d\\ude80 ", "\\n", "\\t", "\\r\\n", "\\b", "\\f", "🚀 ", "👩‍👩‍👧 ", "日本語 ", "مرحبا ", "Привет ",
    "ñandú ", "œuvre ", "Straße ", "{\\\"a\\\": [1, 2]} ", "<b>já</b> ", "&amp; ", "\\u2028", "\\u200e",
    "'x' ", "—",
  ]

  private static let length = 64 * 1024

  private let bytes: [UInt8]
  /// For each place in `bytes`, where the word that covers it begins.
  private let wordStarts: [Int32]

  static let shared = AdText()

  private init() {
    var bytes: [UInt8] = []
    var starts: [Int32] = []
    var draw = SplitMix(seed: 1)
    while bytes.count < Self.length {
      let word = Self.words[draw.below(Self.words.count)]
      starts.append(contentsOf: repeatElement(Int32(bytes.count), count: word.utf8CodeUnitCount))
      bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
    starts.append(Int32(bytes.count))
    self.bytes = bytes
    wordStarts = starts
  }

  /// Writes exactly `count` bytes of text.
  func write(count: Int, from draw: inout SplitMix, into out: inout ByteWriter) {
    var left = count
    bytes.withUnsafeBytes { bytes in
      wordStarts.withUnsafeBufferPointer { starts in
        // Longer than the longest word, so that each round takes at least one.
        while left > 64 {
          let start = Int(starts[draw.below(bytes.count / 2)])
          let end = Int(starts[min(start + left, bytes.count)])
          out.put(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
          left -= end - start
        }
      }
    }
    out.fill(UInt8(ascii: "."), count: left)
  }
}
