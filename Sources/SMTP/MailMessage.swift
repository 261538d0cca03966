import Crypto
import Dates

/// A plain text message in UTF-8.
public struct MailMessage: Sendable {
  /// A bare address.
  public var from: String
  /// Bare addresses.
  public var to: [String]
  public var subject: String
  public var text: String
  /// Seconds since 1970 UTC.
  public var sentAt: Int64
  /// What makes the message's id its own; letters, digits, `.` and `-`.
  public var identity: String

  public init(
    from: String, to: [String], subject: String, text: String, sentAt: Int64, identity: String
  ) {
    self.from = from
    self.to = to
    self.subject = subject
    self.text = text
    self.sentAt = sentAt
    self.identity = identity
  }

  /// Header and body as they are sent (RFC 5322, MIME). The body is base64, so that no server changes a line.
  var bytes: [UInt8] {
    let domain = from.split(separator: "@").last ?? "localhost"
    let header = [
      "Date: \(Self.date(sentAt))", "From: \(from)", "To: \(to.joined(separator: ", "))",
      "Subject: \(Self.word(subject))", "Message-ID: <\(identity)@\(domain)>", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
      // No out-of-office answers to a program.
      "Auto-Submitted: auto-generated",
    ]
    let body = Base64.lines(Array(text.utf8))
    return Array((header + [""] + body).map { $0 + "\r\n" }.joined().utf8)
  }

  /// `Thu, 26 Nov 2026 11:04:25 +0000`.
  static func date(_ seconds: Int64) -> String {
    let time = UTCTime(secondsSince1970: seconds)
    return "\(time.weekday), \(time.date.day) \(time.month) \(time.date.year) \(time.clock()) +0000"
  }

  /// Plain where it can be, else encoded words (RFC 2047), each short enough for one. Line ends and other control
  /// characters are no part of a subject.
  static func word(_ text: String) -> String {
    let clean = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    if clean.utf8.allSatisfy({ $0 < 0x7F }), clean.utf8.count <= 200 { return clean }
    var words: [[UInt8]] = [[]]
    for character in clean {
      let bytes = Array(String(character).utf8.prefix(45))
      if words[words.count - 1].count + bytes.count > 45 { words.append([]) }
      words[words.count - 1] += bytes
    }
    return words.map { "=?UTF-8?B?\(Base64.text($0))?=" }.joined(separator: "\r\n ")
  }
}
