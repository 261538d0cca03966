import Crypto
import Foundation
import TestSupport

@testable import Simulator

/// A simulator on free ports with a store of its own, ended with the test.
final class RunningSimulator {
  let simulator: Simulator
  private let temporary = TemporaryFolder()
  var folder: String { temporary.path }

  init(_ change: (inout SimulatorOptions) -> Void = { _ in }) throws {
    var options = SimulatorOptions()
    options.port = 0
    options.storePort = 0
    options.sessionTime = .zero
    options.jobTime = .zero...(.zero)
    options.store = temporary.path
    change(&options)
    simulator = try Simulator(options)
  }

  deinit { simulator.stop() }

  func client() -> TestClient { TestClient(port: simulator.workerPort) }
  func storeClient() -> TestClient { TestClient(port: simulator.storePort) }

  static let key = ["X-API-Key": "demo-key-1"]

  static func scrapeBody(_ day: String = "2025-01-03", languages: String = "\"pt\"") -> String {
    """
    {"filters":{"date_range":{"start":"\(day)","end":"\(day)"},"format":"video","sort_by":"qtd_ads",
    "languages":[\(languages)]},"options":{"max_ads":"all","batch_size":150}}
    """
  }

  /// Puts rules in force.
  func script(_ rules: String) {
    let answer = client().ask("POST", "/control/script", body: rules)
    precondition(answer.status == 200, answer.text)
  }

  func openSession() {
    _ = client().ask("POST", "/worker-1/session", Self.key, body: #"{"force_refresh":true,"proxy":null}"#)
  }

  func startJob(_ day: String = "2025-01-03") -> TestClient.Answer {
    client().ask("POST", "/worker-1/scrape", Self.key, body: Self.scrapeBody(day))
  }

  func stats() throws -> [String: Any] {
    let data = Data(client().ask("GET", "/control/stats").body)
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }
}

extension TestClient.Answer {
  /// The member of this name in a JSON answer.
  func member(_ name: String) -> String? { (try? JSONParser.parse(body))?[name]?.text }
}

/// Signs requests to the store, from the verifier's own canonical request, which Amazon's examples pin.
struct TestSigner {
  var accessKey = "demo-access"
  var secretKey = "demo-secret-key"
  var date = Date()
  var payloadHash: String?
  var leavesOut: Set<String> = []

  func head(_ method: String, _ target: String, _ extra: [(String, String)] = [], body: [UInt8] = []) throws
    -> String
  {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
    let stamp = formatter.string(from: date)
    let hash = payloadHash ?? SHA256.hexDigest(of: body)
    var fields = [("host", "127.0.0.1"), ("x-amz-content-sha256", hash), ("x-amz-date", stamp)] + extra
    fields.sort { $0.0 < $1.0 }
    let parts = target.split(separator: "?", maxSplits: 1)
    let request = SignatureVerifier.Request(
      method: method, path: parts[0], query: parts.count == 2 ? parts[1] : nil, fields: fields)
    let names = fields.map(\.0).filter { !leavesOut.contains($0) }
    let canonical = try SignatureVerifier.canonicalRequest(request, names, payload: hash)
    let scope = "\(stamp.prefix(8))/auto/s3/aws4_request"
    let toSign = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(SHA256.hexDigest(of: canonical))"
    let key = [String(stamp.prefix(8)), "auto", "s3", "aws4_request"].reduce(Array("AWS4\(secretKey)".utf8)) {
      HMACSHA256.code(key: $0, message: $1)
    }
    let signature = Hex.encode(HMACSHA256.code(key: key, message: toSign))
    let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
    return
      "\(method) \(target) HTTP/1.1\r\n\(lines)Authorization: AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope), "
      + "SignedHeaders=\(names.joined(separator: ";")), Signature=\(signature)\r\n"
  }
}
