import JSONStream
import MissionCore
import Synchronization

/// Writes log lines from any thread. What others said in them was masked where it came in; what gives itself away as a
/// secret is masked here once more.
///
/// Text: `2026-01-31T10:11:12Z info  file read  name=w1 rows=20`.
/// JSON: `{"time":…,"level":"info","message":…,"name":"w1","rows":20}`.
/// To the system's journal each line begins with its priority, and a text has no time: the journal keeps one.
package final class LogWriter: Log {
  private let least: LogLevel
  private let format: LogFormat
  private let isForJournal: Bool
  private let now: @Sendable () -> Timestamp
  /// Into the reader's language; only text is for people.
  private let translate: @Sendable (Message) -> String
  /// Takes one finished line with its newline.
  private let sink: Mutex<@Sendable ([UInt8]) -> Void>
  private let redactor = Mutex(Redactor.none)
  private let folding = Mutex<RepeatedErrors?>(nil)

  /// - Parameters:
  ///   - least: lines of a lower level are left out.
  ///   - isForJournal: standard error leads to the system's journal.
  package init(
    least: LogLevel, format: LogFormat, isForJournal: Bool = false,
    now: @escaping @Sendable () -> Timestamp,
    translate: @escaping @Sendable (Message) -> String = \.plain,
    sink: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.least = least
    self.format = format
    self.isForJournal = isForJournal
    self.now = now
    self.translate = translate
    self.sink = Mutex(sink)
  }

  /// From now on lines are masked by `redactor`; before the configuration is read nothing is secret yet.
  package func mask(with redactor: Redactor) { self.redactor.withLock { $0 = redactor } }

  /// From now on lines go here, for example above a progress area.
  package func redirect(to sink: @escaping @Sendable ([UInt8]) -> Void) { self.sink.withLock { $0 = sink } }

  /// From now on errors that come again and again are told a few times each, or all of them when `errors` is nil: who
  /// looks at a progress area sees there how many they are.
  package func fold(_ errors: RepeatedErrors?) { folding.withLock { $0 = errors } }

  /// One line, unless its level is lower than the least.
  package func write(_ level: LogLevel, _ message: Message) { write(level, message, []) }

  /// The same with what it is about: in JSON each fact is a member, a text says it in its message. What is routine is
  /// for programs, and for a person who wants to see everything.
  package func write(_ level: LogLevel, _ message: Message, _ facts: LogFacts) {
    guard !facts.isRoutine || showsRoutine else { return }
    switch folding.withLock({ $0?.take(level, facts) ?? .told }) {
    case .told: write(level, message, format == .json ? facts.details : [])
    case .last:
      write(level, message, [])
      let code = facts.code?.rawValue ?? ""
      write(.info, "more of \(code) is only counted; mission-control logs tells each")
    case .counted: break
    }
  }

  package var showsRoutine: Bool { least <= (format == .json ? .info : .debug) }

  /// The same with members of any names.
  func write(_ level: LogLevel, _ message: Message, _ details: EventDetails) {
    guard level >= least else { return }
    let redactor = self.redactor.withLock { $0 }
    var line =
      format == .json ? json(level, message, details, redactor) : text(level, message, details, redactor)
    if isForJournal { line = Array(JournalStream.prefix(level).utf8) + line }
    // The lock orders whole lines; the sink must not log.
    sink.withLock { $0(line) }
  }

  private func text(
    _ level: LogLevel, _ message: Message, _ details: EventDetails, _ redactor: Redactor
  ) -> [UInt8] {
    var line = (isForJournal ? "" : "\(Self.seconds(now())) ") + level.name
    line += String(repeating: " ", count: 6 - level.name.utf8.count)
    // Masked first: a translation may put words of ours into the middle of a secret.
    line += translate(UntrustedText.message(message, limit: Self.longest, masking: redactor))
    for (index, detail) in details.enumerated() {
      line += (index == 0 ? "  " : " ") + detail.key + "=" + Self.plain(detail.value, redactor)
    }
    return Array((line + "\n").utf8)
  }

  private func json(
    _ level: LogLevel, _ message: Message, _ details: EventDetails, _ redactor: Redactor
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("time")
    writer.value(now().description)
    writer.key("level")
    writer.value(level.name)
    writer.key("message")
    writer.value(UntrustedText.message(message, limit: Self.longest, masking: redactor).plain)
    for detail in details {
      writer.key(detail.key)
      switch detail.value {
      case .text, .said: writer.value(Self.clean(detail.value.text ?? "", redactor))
      case .integer(let number): writer.value(number)
      case .seconds(let seconds): writer.value(seconds)
      case .flag(let flag): writer.value(flag)
      }
    }
    writer.endObject()
    return writer.drain() + [UInt8(ascii: "\n")]
  }

  private static func plain(_ value: DetailValue, _ redactor: Redactor) -> String {
    switch value {
    case .text, .said:
      let cleaned = clean(value.text ?? "", redactor)
      return cleaned.utf8.contains(UInt8(ascii: " ")) || cleaned.isEmpty ? "\"\(cleaned)\"" : cleaned
    case .integer(let number): return String(number)
    case .seconds(let seconds): return String(seconds)
    case .flag(let flag): return String(flag)
    }
  }

  /// Log text may hold what a server said; a line stays one line.
  private static func clean(_ text: String, _ redactor: Redactor) -> String {
    ForeignWords.plain(UntrustedText.message(text, limit: longest, masking: redactor))
  }

  /// Characters of a message.
  private static let longest = 2000

  /// Without the fraction: `2026-01-31T10:11:12Z`; the same in every language, so that lines sort.
  package static func seconds(_ moment: Timestamp) -> String { moment.description.prefix(19) + "Z" }
}
