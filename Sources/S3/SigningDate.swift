/// The moment a request is signed for, in the two forms that the signature uses.
struct SigningDate: Hashable, Sendable {
  /// `YYYYMMDD'T'HHMMSS'Z'`.
  let timestamp: String

  /// `YYYYMMDD`.
  var day: String { String(timestamp.prefix(8)) }

  init(millisecondsSinceEpoch: Int64) {
    let seconds = (millisecondsSinceEpoch - (millisecondsSinceEpoch < 0 ? 999 : 0)) / 1000
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let (year, month, day) = GregorianDay.civil(days)
    let inDay = seconds - days * 86_400
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    timestamp =
      "\(year)\(two(month))\(two(day))T\(two(inDay / 3600))\(two(inDay / 60 % 60))\(two(inDay % 60))Z"
  }
}

/// Days since 1970-01-01 and calendar days, after Howard Hinnant's civil algorithms.
enum GregorianDay {
  static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (
      yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
