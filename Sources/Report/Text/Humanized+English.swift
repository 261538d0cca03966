/// The same in English, for sentences that are said in English and translated where they are shown.
extension Humanized {
  private static let english = Humanized(.english)

  public static func count(_ value: Int) -> String { english.count(value) }
  public static func count(_ value: Int64) -> String { english.count(value) }
  public static func bytes(_ value: Int64) -> String { english.bytes(value) }
  public static func duration(seconds: Double) -> String { english.duration(seconds: seconds) }
  public static func rate(perSecond value: Double) -> String { english.rate(perSecond: value) }
  public static func percent(_ part: Int, of whole: Int) -> String { english.percent(part, of: whole) }
}
