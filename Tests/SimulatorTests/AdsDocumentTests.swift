import Crypto
import Foundation
import MissionCore
import Testing

@testable import Simulator

@Suite("The ads of a request", .timeLimit(.minutes(5)))
struct AdsDocumentTests {
  private func parameters(_ day: Int, _ languages: [String] = ["pt"], _ type: MediaType = .video)
    -> MissionParameters
  {
    let date = CalendarDay(daysSinceEpoch: Int32(20_000 + day))
    return MissionParameters(dateStart: date, dateEnd: date, mediaType: type, languages: languages)
  }

  private func elements(_ bytes: [UInt8]) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
  }

  @Test("are the same bytes for the same request, and others for another day, language, type or seed")
  func deterministic() {
    var settings = AdsSettings()
    settings.count = 5...5
    let first = AdsDocument(parameters(0, ["pt", "eng"]), settings).data()
    #expect(first == AdsDocument(parameters(0, ["ENG", "pt", "pt"]), settings).data())
    var others = [
      AdsDocument(parameters(1, ["pt", "eng"]), settings).data(), AdsDocument(parameters(0), settings).data(),
      AdsDocument(parameters(0, ["pt", "eng"], .image), settings).data(),
    ]
    settings.seed = 2
    others.append(AdsDocument(parameters(0, ["pt", "eng"]), settings).data())
    #expect(Set(others + [first]).count == 5)
  }

  @Test("stay what they were when the simulator changes")
  func pinned() {
    var settings = AdsSettings()
    settings.count = 50...50
    let digest = SHA256.hexDigest(of: AdsDocument(parameters(0), settings).data())
    #expect(digest == "e3d3322c0b53ef925a39cdfa0a0eb8a7a9de6a0d18459698b078b2d2ad625e40")
  }

  @Test("are valid JSON, as many as announced, with every kind of id")
  func valid() throws {
    var settings = AdsSettings()
    settings.count = 0...60
    var empty = 0
    var missing = 0
    var numeric = 0
    var repeated = 0
    var hashed = 0
    for day in 0..<120 {
      let document = AdsDocument(parameters(day), settings)
      let ads = try elements(document.data())
      #expect(ads.count == document.count)
      empty += ads.isEmpty ? 1 : 0
      missing += ads.count { $0["id"] == nil }
      numeric += ads.count { $0["id"] is NSNumber }
      let ids = ads.compactMap { $0["id"] as? String }
      repeated += ids.count - Set(ids).count
      hashed += ids.count { $0.hasPrefix("#") }
    }
    #expect(empty > 3 && empty < 40)
    #expect(missing > 0 && numeric > 0 && repeated > 0 && hashed > 0)
  }

  @Test("hold the numbers and escapes that careless readers change")
  func hardTokens() {
    var settings = AdsSettings()
    settings.count = 200...200
    let text = String(decoding: AdsDocument(parameters(0), settings).data(), as: UTF8.self)
    for token in [
      "1.10", "5e2", "1E+2", "-0.0", "\\u00e9", "\\ud83d\\ude80", "\\/", "\\\"", "\\\\", "🚀", "{}", "[]",
      "null",
    ] {
      #expect(text.contains(token), "\(token)")
    }
  }

  @Test("are about as large as asked for", arguments: [1000, 5000, 300_000])
  func size(bytes: Int) throws {
    var settings = AdsSettings()
    settings.size = bytes
    settings.count = 40...40
    let data = AdsDocument(parameters(0), settings).data()
    #expect(try elements(data).count == 40)
    #expect(abs(data.count / 40 - bytes) < bytes / 6)
  }

  @Test("are announced with their exact length when they are made while sent", arguments: [0, 1000, 4000])
  func streamed(size: Int) throws {
    var settings = AdsSettings()
    settings.size = size
    settings.count = 2000...2000
    guard case .source(let source) = AdsDocument(parameters(0), settings).answer() else {
      Issue.record("a long answer must be streamed")
      return
    }
    var bytes: [UInt8] = []
    while bytes.count < source.count { try #require(source.appendNext(to: &bytes)) }
    #expect(bytes.count == source.count)
    let answer = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    #expect((answer?["data"] as? [Any])?.count == 2000)
    #expect(answer?["ads_count"] as? Int == 2000)
  }

  @Test("none is the status empty")
  func none() {
    guard case .bytes(let bytes) = AdsDocument(parameters(0), AdsSettings(), count: 0).answer() else {
      return
    }
    #expect(String(decoding: bytes, as: UTF8.self).hasPrefix(#"{"status":"empty","ads_count":0"#))
    #expect(AdsDocument(parameters(0), AdsSettings(), count: 0).data() == Array("[]".utf8))
  }
}
