import KeyTable
import MissionCore
import Schedules

extension Codec where Value == SlotDays {
  /// One day or two, counted from the slot's.
  static var slotDays: Codec {
    .scalar(
      .text, accepts: "must be \(SlotDays.accepted)", parse: { text, _ in ParsedValue(SlotDays(text)) },
      render: { .text("\($0)") })
  }
}

extension Codec where Value == CronExpression {
  /// Five fields; each that is wrong is named with what it accepts.
  static var cron: Codec {
    .scalar(
      .text, accepts: "must be the five fields of cron", showsValue: false,
      parse: { text, _ in
        do throws(CronFaults) { return .value(try CronExpression(text)) } catch {
          return .refused(error.faults.map(\.rule).joined(by: "; "))
        }
      }, render: { .text($0.text) })
  }
}

extension CronFault {
  /// For a message that begins with the key.
  fileprivate var rule: Message {
    switch self {
    case .fields(let count):
      return
        "must be five fields (minute, hour, day of month, month, day of week) like 0 2 * * *, it has \(count)"
    case .part(let field, let part):
      return "has the \(field.name) \(Self.shown(part)); accepted: \(field.accepted)"
    case .reversed(let field, let part):
      return
        "has the \(field.name) \(Self.shown(part)), which ends before it begins; accepted: \(field.accepted)"
    case .step(let field, let part):
      return
        "has the \(field.name) \(Self.shown(part)), whose step is too small or too large; accepted: \(field.accepted)"
    case .stepOfOne(let field, let part):
      return "has the \(field.name) \(Self.shown(part)), a step of one number; accepted: \(field.accepted)"
    case .never: return "never comes: none of its months has such a day"
    }
  }

  private static func shown(_ part: String) -> Message {
    UntrustedText.quoted(UntrustedText.clean(part, limit: 40))
  }
}
