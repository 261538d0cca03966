/// Servers that answered 417, or closed, when a request asked whether to go on (`Expect: 100-continue`). They get every
/// later body at once.
struct RefusedExpectations {
  /// Far more than a run speaks to; beyond it the oldest knowledge is dropped, which costs a request.
  private static let limit = 64

  private var origins: Set<String> = []

  func contains(_ url: String) -> Bool { !origins.isEmpty && origins.contains(Self.origin(of: url)) }

  mutating func note(_ url: String) {
    if origins.count >= Self.limit { origins.removeAll() }
    origins.insert(Self.origin(of: url))
  }

  /// Scheme, host and port.
  private static func origin(of url: String) -> String {
    var slashes = 0
    return String(
      url.prefix { character in
        if character == "/" { slashes += 1 }
        return slashes < 3
      })
  }
}
