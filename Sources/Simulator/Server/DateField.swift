import Dates

/// The text of the Date field, made anew once a second.
final class DateField {
  private var second: Int64 = -1
  private var cached = ""

  func text() -> String {
    let now = Clock.wallMilliseconds() / 1000
    if now != second {
      second = now
      cached = HTTPDate.text(secondsSince1970: now)
    }
    return cached
  }
}
