import XML

/// The XML body of a store's refusal, as far as we understand it. It comes from outside: nothing in it is
/// trusted, only the first part is looked at, and what is malformed is left out.
struct S3ErrorDocument: Equatable {
  /// Bytes that are looked at.
  private static let limit = 64 << 10
  /// Bytes that one value may have.
  private static let valueLimit = 2048

  var code = ""
  var message = ""
  var region: String?
  var endpoint: String?
  var requestID: String?

  /// Nil when the bytes hold no `<Error>` element.
  init?(_ body: [UInt8]) {
    var scanner = XMLScanner(body.prefix(Self.limit))
    var isInError = false
    while let tag = scanner.nextTag() {
      switch tag {
      case .opening("Error"): isInError = true
      case .opening(let name) where isInError: take(name, scanner.text(limit: Self.valueLimit))
      case .closing("Error") where isInError: return
      default: continue
      }
    }
    if !isInError { return nil }
  }

  private mutating func take(_ name: String, _ value: String) {
    switch name {
    case "Code": if code.isEmpty { code = value }
    case "Message": if message.isEmpty { message = value }
    case "Region": region = value
    case "Endpoint": endpoint = value
    case "RequestId", "RequestID": requestID = value
    default: break
    }
  }
}
