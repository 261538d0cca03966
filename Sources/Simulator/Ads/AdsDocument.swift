import MissionCore

/// The ads of one request: a function of the seed and the parameters, never of the worker, the job or the
/// time, so that a mission scraped twice gives the same bytes.
public struct AdsDocument {
  public let count: Int
  private let writer: AdWriter
  private let seed: UInt64

  /// `count` overrides what the settings would draw.
  public init(_ parameters: MissionParameters, _ settings: AdsSettings, count forced: Int? = nil) {
    var draw = SplitMix(seed: settings.seed, parameters.adsKey)
    let hasNone = settings.count.lowerBound == 0 && draw.below(12) == 0
    let drawn = draw.within(settings.count)
    count = forced ?? (hasNone ? 0 : drawn)
    seed = draw.next()
    writer = AdWriter(seed: seed, size: settings.size, parameters: parameters)
  }

  /// The array `data`, brackets included.
  public func data() -> [UInt8] {
    var bytes: [UInt8] = []
    let body = AdsBody(self, before: "[", after: "]")
    while body.hasMore { _ = body.appendNext(to: &bytes) }
    return bytes
  }

  /// The answer to a look at the finished job. `announced` replaces the number of ads it speaks of.
  func answer(announcing announced: Int? = nil) -> Response.Body {
    if count == 0 {
      // Both ways in which workers say that nothing was found.
      let hasData = seed & 1 == 0
      return .bytes(
        Array("{\"status\":\"empty\",\"ads_count\":\(announced ?? 0)\(hasData ? ",\"data\":[]" : "")}".utf8))
    }
    let before = "{\"status\":\"completed\",\"ads_count\":\(announced ?? count),\"data\":["
    let body = AdsBody(self, before: before, after: "]}")
    var bytes: [UInt8] = []
    _ = body.appendNext(to: &bytes)
    return body.hasMore ? .source(AdsBody(self, before: before, after: "]}")) : .bytes(bytes)
  }

  /// Bytes of all ads with their separators. Small ads have to be made to be measured.
  fileprivate func length() -> Int {
    withUnsafeTemporaryAllocation(byteCount: writer.capacity, alignment: 16) { scratch in
      (0..<count).reduce(0) { sum, index in
        if let planned = writer.plannedLength(index) { return sum + planned }
        var out = ByteWriter(scratch.baseAddress!)
        writer.write(index, into: &out)
        return sum + out.count
      }
    }
  }

  /// The largest piece that one ad can be.
  fileprivate var adCapacity: Int { writer.capacity }

  fileprivate func write(_ index: Int, into out: inout ByteWriter) { writer.write(index, into: &out) }
}

/// Ads made while they are sent.
private final class AdsBody: BodySource {
  /// Bytes that are made at a time.
  private static let piece = 256 * 1024

  private let document: AdsDocument
  private let before: [UInt8]
  private let after: [UInt8]
  private var next = 0
  private(set) var hasMore = true
  private(set) lazy var count = before.count + document.length() + after.count

  init(_ document: AdsDocument, before: String, after: String) {
    self.document = document
    self.before = Array(before.utf8)
    self.after = Array(after.utf8)
  }

  func appendNext(to output: inout [UInt8]) -> Bool {
    guard hasMore else { return false }
    if next == 0 { output.append(contentsOf: before) }
    let made = [UInt8](unsafeUninitializedCapacity: expectedPiece) { buffer, count in
      var out = ByteWriter(UnsafeMutableRawPointer(buffer.baseAddress!))
      while next < document.count, out.count + document.adCapacity <= buffer.count {
        document.write(next, into: &out)
        next += 1
      }
      count = out.count
    }
    output.append(contentsOf: made)
    if next == document.count {
      output.append(contentsOf: after)
      hasMore = false
    }
    return true
  }

  private var expectedPiece: Int {
    max(document.adCapacity, min(Self.piece, (document.count - next) * document.adCapacity))
  }
}

extension MissionParameters {
  /// `2025-01-01|2025-01-01|video|pt`: what the ads depend on besides the seed; the source plays no part.
  public var adsKey: String {
    let further = values.isEmpty ? "" : "|\(values.list)"
    return "\(dateStart)|\(dateEnd)|\(mediaTypeText)|\(languageList)\(further)"
  }
}
