/// Replaces known secrets in text by `***`, also where a server echoed them (SPEC 12), also in the forms that
/// servers and libraries write them in: see `SecretForms`.
public struct Redactor: Sendable {
  /// Secrets shorter than this are not masked inside text: `a` would blacken every word.
  public static let shortestMasked = 4

  private let secrets: Set<Secret>
  /// What is looked for, by its first byte; the longest first, so that a secret that contains another is
  /// masked whole.
  private let needles: [[[UInt8]]]

  public static let none = Redactor(secrets: [])

  public init(secrets: [Secret]) {
    let long = Set(secrets.filter { $0.reveal().utf8.count >= Self.shortestMasked })
    self.secrets = long
    let forms = Set(long.flatMap { SecretForms.all(of: Array($0.reveal().utf8)) })
    var byFirst = [[[UInt8]]](repeating: [], count: forms.isEmpty ? 0 : 256)
    for form in forms.sorted(by: { $0.count > $1.count }) { byFirst[Int(form[0])].append(form) }
    needles = byFirst
  }

  /// Masks these as well: credentials that were read anew.
  public func adding(_ more: [Secret]) -> Redactor { Redactor(secrets: secrets + more) }

  /// One pass, whatever the number of secrets. Those that overlap in the text become one `***`.
  public func mask(_ text: String) -> String {
    guard !needles.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var copied = 0
    var masked = 0
    for at in bytes.indices {
      guard let found = needles[Int(bytes[at])].first(where: { bytes[at...].starts(with: $0) }) else {
        continue
      }
      if at >= masked {
        out.append(contentsOf: bytes[copied..<at])
        out.append(contentsOf: [UInt8](repeating: UInt8(ascii: "*"), count: 3))
      }
      masked = max(masked, at + found.count)
      copied = masked
    }
    guard masked > 0 else { return text }
    out.append(contentsOf: bytes[copied...])
    return String(decoding: out, as: UTF8.self)
  }
}
