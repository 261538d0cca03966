/// Reads a `Retry-After` field (RFC 9110, 10.2.3): seconds, or a date.
package enum RetryAfter {
  /// No server is waited for longer than a day.
  private static let longest = Duration.seconds(86_400)

  /// Nil when it is neither; never negative.
  ///
  /// - Parameter nowMilliseconds: since 1970, for a date.
  package static func duration(_ text: String, nowMilliseconds: Int64) -> Duration? {
    if let seconds = Int64(text) { return seconds >= 0 ? min(.seconds(seconds), longest) : nil }
    return HTTPDate.milliseconds(text).map { min(max(.zero, .milliseconds($0 - nowMilliseconds)), longest) }
  }
}
