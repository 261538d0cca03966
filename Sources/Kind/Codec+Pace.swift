import KeyTable
import MissionCore

extension Codec where Value == Pace {
  /// `20/1h`: so many in no longer a span than that.
  package static var pace: Codec {
    .scalar(
      .text, accepts: "must be a number of starts and a span like 20/1h or 1/5s",
      parse: { text, _ in
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (48...57).contains($0) }),
          let starts = Int(parts[0]), (1...10_000).contains(starts),
          let span = DurationText.parse(String(parts[1]), bareUnit: .seconds),
          span >= .milliseconds(1), span <= .seconds(366 * 86_400),
          parts[1].utf8.last.map({ !(48...57).contains($0) }) ?? false
        else { return .refused(nil) }
        return .value(Pace(starts: starts, span: span))
      }, render: { .text("\($0.starts)/\(DurationText.format($0.span))") })
  }
}
