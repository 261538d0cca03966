import KeyTable
import MissionCore

extension Codec where Value == RefreshAfter {
  /// A duration; in days it means calendar days.
  package static var refreshAfter: Codec {
    let duration = Codec<Duration>.duration(.days)
    return .scalar(
      duration.kind, accepts: "must be a duration like 36h, 1d or a number of days, and more than 0",
      parse: { text, _ in
        guard let duration = DurationText.parse(text, bareUnit: .days), duration > .zero else {
          return .refused(nil)
        }
        let number = text.hasSuffix("d") ? text.dropLast() : text[...]
        return .value(Int(number).map(RefreshAfter.days) ?? .exact(duration))
      },
      render: { after in
        switch after {
        case .days(let days): return .text("\(days)d")
        case .exact(let duration):
          let text = DurationText.format(duration)
          // `1d` would mean something else.
          return .text(text.hasSuffix("d") ? "\(duration.components.seconds / 3600)h" : text)
        }
      })
  }
}
