/// How often missions of a source may be started: in no span of that length more.
package struct Pace: Hashable, Sendable {
  /// 1 or more.
  package let starts: Int
  package let span: Duration

  package init(starts: Int, span: Duration) {
    self.starts = starts
    self.span = span
  }
}
