/// The same in English, for sentences that are said in English and translated where they are shown.
extension Humanized {
  private static let english = Humanized(.english)

  /// `12,345`.
  public static func count(_ value: Int) -> String { english.count(value) }
  /// `12,345`.
  public static func count(_ value: Int64) -> String { english.count(value) }
  /// `1.2 MB`.
  public static func bytes(_ value: Int64) -> String { english.bytes(value) }
  /// `2 min 5 s`.
  public static func duration(seconds: Double) -> String { english.duration(seconds: seconds) }
  /// `3.4/s`.
  public static func rate(perSecond value: Double) -> String { english.rate(perSecond: value) }
  /// `12 %`.
  public static func percent(_ part: Int, of whole: Int) -> String { english.percent(part, of: whole) }
}
