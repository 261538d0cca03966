import Crypto
import TestServers
import Testing
import URI

@testable import S3

/// Signatures of random requests against a reading of AWS's description in Python, over its own `hmac` and `hashlib`.
@Suite(.timeLimit(.minutes(5))) struct PythonSignatureTests {
  /// Each input is: method, path that is not yet encoded, query, fields, body; parts end with a NUL, pairs are two parts.
  private static let script = #"""
    import hashlib, hmac
    from urllib.parse import quote
    safe = '-_.~'
    for one in inputs:
      parts = [p.decode() for p in one.split(b'\0')]
      method, key, queries, fields = parts[0], parts[1], int(parts[2]), int(parts[3])
      rest = parts[4:]
      query = [(quote(rest[2*i], safe=safe), quote(rest[2*i+1], safe=safe)) for i in range(queries)]
      rest = rest[2*queries:]
      headers = {}
      for i in range(fields):
        headers.setdefault(rest[2*i].lower(), []).append(' '.join(rest[2*i+1].split()))
      body = hashlib.sha256(rest[2*fields].encode()).hexdigest()
      names = sorted(headers)
      canonical = '\n'.join([method, '/' + quote(key, safe=safe + '/'), '&'.join(a + '=' + b for a, b in sorted(query))]
        + [n + ':' + ','.join(headers[n]) for n in names] + ['', ';'.join(names), body])
      scope = '20260228/eu-west-1/s3/aws4_request'
      to_sign = '\n'.join(['AWS4-HMAC-SHA256', '20260228T235959Z', scope, hashlib.sha256(canonical.encode()).hexdigest()])
      k = b'AWS4secret/+key'
      for word in scope.split('/'): k = hmac.new(k, word.encode(), hashlib.sha256).digest()
      print(hmac.new(k, to_sign.encode(), hashlib.sha256).hexdigest())
    """#

  private static let texts = [
    "", "a", "b c", "~", "é", "日本", "+", "%", "%2F", "/", "//", "../x", "./", "a=b", "&", "?", "#", "*", "'",
    "(", ")",
    "!", "$", "@", ":", ";", ",", "[", "]", "\"", "  two   spaces ", "\t", "UPPER", "😀", "a.b-c_d",
  ]

  @Test(
    "two thousand random requests have the signatures that Python computes",
    .enabled(if: PythonReference.isThere()))
  func agreement() throws {
    var draw = Draw(seed: 4)
    var inputs: [[UInt8]] = []
    var ours: [String] = []
    let signer = SigV4Signer(
      credentials: S3Credentials(accessKey: "AKID", secretKey: "secret/+key"),
      scope: SigV4Scope(day: "20260228", region: "eu-west-1", service: "s3"))
    for _ in 0..<2000 {
      let method = draw.one(of: ["GET", "PUT", "HEAD", "DELETE", "POST"])
      let key = (0..<draw.number(0...4)).map { _ in draw.one(of: Self.texts) }.joined()
      let query = (0..<draw.number(0...3)).map { _ in
        (name: draw.one(of: Self.texts), value: draw.one(of: Self.texts))
      }
      var fields = (0..<draw.number(0...3)).map { _ in
        (
          name: draw.one(of: ["X-Amz-Meta-A", "x-amz-meta-b", "My-Header", "range"]),
          value: draw.one(of: Self.texts)
        )
      }
      fields += [("Host", "b.example"), ("X-Amz-Date", "20260228T235959Z")]
      let body = draw.one(of: Self.texts)
      var parts = [method, key, String(query.count), String(fields.count)]
      for pair in query + fields { parts += [pair.name, pair.value] }
      parts.append(body)
      inputs.append(Array(parts.joined(separator: "\0").utf8))
      let request = SigV4Request(
        method: method, path: "/" + PercentEncoding.encode(key, keeping: "/"), query: query,
        fields: fields,
        payloadHash: SHA256.hexDigest(of: body))
      let text = signer.authorization(request, timestamp: "20260228T235959Z")
      ours.append(String(text.suffix(64)))
    }
    let theirs = try PythonReference.run(Self.script, on: inputs)
    try #require(theirs.count == ours.count)
    for (index, pair) in zip(ours, theirs).enumerated() where pair.0 != pair.1 {
      Issue.record("\(String(decoding: inputs[index], as: UTF8.self).debugDescription)")
    }
  }
}
