import Foundation

/// Secrets with characters that every encoding writes differently, and all the forms they can be found in.
enum Canaries {
  static let workerPrefix = "canary/worker+key="
  static let worker = workerPrefix + "1"
  static let proxy = "canary:proxy@pass/w+1"
  /// Without a slash, which would end it in the `Credential` of a signature.
  static let access = "canary+access.key=1"
  static let secret = "canary/secret+key=1"
  static let token = "canary/session+token=1"
  static let database = "canary/pg@pass:w+1"
  static let all = [worker, proxy, access, secret, token, database]

  /// As URLs are encoded: letters, digits and `-._~` stay.
  static func percent(_ text: String) -> String {
    text.addingPercentEncoding(
      withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~")))!
  }

  static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  /// Each secret plainly, percent-encoded once and twice, in base 64 alone and after a user's name, in hexadecimal, in
  /// HTML, and as PHP and .NET write it in JSON: what a careless server may put into its messages.
  static var echo: String {
    all.map {
      "\($0) \(percent($0)) \(percent($0).lowercased()) \(base64($0)) \(base64("someone:" + $0)) "
        + encoded($0).joined(separator: " ")
    }.joined(separator: "\n")
  }

  private static func encoded(_ text: String) -> [String] {
    func escaped(_ write: (Unicode.Scalar) -> String) -> String {
      text.unicodeScalars.map { $0.properties.isAlphabetic ? String($0) : write($0) }.joined()
    }
    return [
      text.replacingOccurrences(of: "/", with: "\\/"), percent(percent(text)),
      text.utf8.map { String(format: "%02x", $0) }.joined(),
      text.utf8.map { String(format: "%02X", $0) }.joined(),
      escaped { String(format: "\\u%04X", $0.value) }, escaped { "&#\($0.value);" },
      escaped { String(format: "&#x%02x;", $0.value) },
    ]
  }

  /// What must not be found in any file or output.
  static let needles: [(name: String, bytes: Data)] = all.flatMap { secret -> [(String, Data)] in
    var forms = [
      secret, percent(secret), percent(secret).lowercased(),
    ]
    forms += encoded(secret)
    for before in ["", "x", "xx"] {
      // Without the characters at both ends that depend on what stands beside the secret.
      let encoded = base64(before + secret)
      forms.append(String(encoded.dropFirst(before.isEmpty ? 0 : 4).prefix { $0 != "=" }.dropLast(1)))
    }
    return forms.map { ("\(secret) as \($0)", Data($0.utf8)) }
  }

  static func found(in bytes: Data) -> [String] {
    needles.filter { bytes.range(of: $0.bytes) != nil }.map(\.name)
  }
}
