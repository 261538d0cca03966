import Crypto
import Glibc

/// AWS Signature Version 4 of a PUT without query, and no more.
struct BareSigner {
  /// `127.0.0.1:9000`.
  let host: String
  private var day = ""
  private var key: [UInt8] = []

  init(host: String) { self.host = host }

  /// The header lines that make the request a signed one. `metadata`: in the order of their names.
  mutating func fields(
    path: String, payload: String, metadata: KeyValuePairs<String, String> = [:]
  ) -> [String] {
    let timestamp = Self.timestamp()
    let today = String(timestamp.prefix(8))
    if day != today {
      day = today
      key = [today, "us-east-1", "s3", "aws4_request"].reduce(Array("AWS4demo-secret-key".utf8)) {
        HMACSHA256.code(key: $0, message: $1)
      }
    }
    let names = "host;x-amz-content-sha256;x-amz-date" + metadata.map { ";x-amz-meta-\($0.key)" }.joined()
    let described = metadata.map { "x-amz-meta-\($0.key):\($0.value)\n" }.joined()
    let canonical =
      "PUT\n\(path)\n\nhost:\(host)\nx-amz-content-sha256:\(payload)\nx-amz-date:\(timestamp)\n\(described)\n\(names)\n\(payload)"
    let scope = "\(today)/us-east-1/s3/aws4_request"
    let toSign = "AWS4-HMAC-SHA256\n\(timestamp)\n\(scope)\n\(SHA256.hexDigest(of: canonical))"
    let signature = Hex.encode(HMACSHA256.code(key: key, message: toSign))
    return [
      "Authorization: AWS4-HMAC-SHA256 Credential=demo-access/\(scope), SignedHeaders=\(names), Signature=\(signature)",
      "x-amz-content-sha256: \(payload)", "x-amz-date: \(timestamp)", "Content-Type: application/json",
    ] + metadata.map { "x-amz-meta-\($0.key): \($0.value)" }
  }

  private static func timestamp() -> String {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { text in
      strftime(text.baseAddress!, text.count, "%Y%m%dT%H%M%SZ", &parts)
      return String(cString: text.baseAddress!)
    }
  }
}
