/// How often missions of a source may be started: in no span of that length more.
public struct Pace: Hashable, Sendable {
  /// 1 or more.
  public let starts: Int
  public let span: Duration

  public init(starts: Int, span: Duration) {
    self.starts = starts
    self.span = span
  }
}
