/// The same in English, for sentences that are said in English and translated where they are shown.
extension Humanized {
  private static let english = Humanized(.english)

  package static func count(_ value: Int) -> String { english.count(value) }
  package static func count(_ value: Int64) -> String { english.count(value) }
  package static func bytes(_ value: Int64) -> String { english.bytes(value) }
  package static func duration(seconds: Double) -> String { english.duration(seconds: seconds) }
  package static func rate(perSecond value: Double) -> String { english.rate(perSecond: value) }
  package static func percent(_ part: Int, of whole: Int) -> String { english.percent(part, of: whole) }
}
