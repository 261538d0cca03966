import MissionCore

/// The fields of a cron expression, in their order.
package enum CronFieldKind: Int, CaseIterable, Sendable {
  case minute, hour, dayOfMonth, month, dayOfWeek

  /// As messages say it.
  package var name: Message {
    switch self {
    case .minute: return "minute"
    case .hour: return "hour"
    case .dayOfMonth: return "day of month"
    case .month: return "month"
    case .dayOfWeek: return "day of week"
    }
  }

  /// The numbers that may be written.
  var range: ClosedRange<Int> {
    switch self {
    case .minute: return 0...59
    case .hour: return 0...23
    case .dayOfMonth: return 1...31
    case .month: return 1...12
    case .dayOfWeek: return 0...7
    }
  }

  /// What `*` means. Sunday is written 0 or 7, and kept as 0.
  var all: ClosedRange<Int> { self == .dayOfWeek ? 0...6 : range }

  /// Words for the numbers from the range's first on.
  var names: [String] {
    switch self {
    case .minute, .hour, .dayOfMonth: return []
    case .month: return ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    case .dayOfWeek: return ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    }
  }

  /// What may be written, for messages: `0-59, a range as 1-5, a step as */15, several with commas`.
  package var accepted: Message {
    let numbers = "\(range.lowerBound)-\(range.upperBound)"
    switch self {
    case .minute: return "\(numbers), a range as 0-30, a step as */15 or 0-30/10, several with commas, *"
    case .hour: return "\(numbers), a range as 8-18, a step as */6 or 8-18/2, several with commas, *"
    case .dayOfMonth: return "\(numbers), a range as 1-7, a step as */2 or 1-31/7, several with commas, *"
    case .month: return "\(numbers) or jan-dec, a range as jan-mar, a step as */3, several with commas, *"
    case .dayOfWeek:
      return
        "\(numbers) (0 and 7 are Sunday) or sun-sat, a range as mon-fri, a step as */2, several with commas, *"
    }
  }
}

/// What is wrong with a cron expression.
package enum CronFault: Error, Hashable, Sendable {
  /// So many fields instead of five.
  case fields(Int)
  /// A part of a field that is none of what the field accepts.
  case part(CronFieldKind, String)
  /// A range that ends before it begins.
  case reversed(CronFieldKind, String)
  /// A step that is 0, or leads out of the field at once.
  case step(CronFieldKind, String)
  /// A step behind a single number.
  case stepOfOne(CronFieldKind, String)
  /// No month that is named has the day that is named.
  case never
}
