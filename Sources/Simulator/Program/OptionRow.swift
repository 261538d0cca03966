/// One option of the command line; parsing and `--help` both come from this table.
struct OptionRow: Sendable {
  let name: String
  /// Nil for options without a value.
  let placeholder: String?
  let help: String
  /// Takes the value over; says what was expected when it does not fit.
  let apply: @Sendable (inout SimulatorOptions, String) -> String?

  init(
    _ name: String, _ placeholder: String?, _ help: String,
    _ apply: @escaping @Sendable (inout SimulatorOptions, String) -> String?
  ) {
    self.name = name
    self.placeholder = placeholder
    self.help = help
    self.apply = apply
  }

  static let all: [OptionRow] = [
    port("--port", \.port, "port of the worker API; 0 takes any free one (8600)"),
    port("--s3-port", \.storePort, "port of the S3 side; 0 takes any free one (8601)"),
    number("--workers", \.workers, 1...1000, "workers; worker i answers below /worker-i (4)"),
    number("--capacity", \.capacity, 1...10_000, "jobs that a worker runs at once (2)"),
    OptionRow("--seed", "N", "the same seed gives the same ads, times and failures (1)") { options, value in
      guard let seed = UInt64(value) else { return "a number 0 or more" }
      options.ads.seed = seed
      return nil
    },
    OptionRow("--ads", "N|MIN..MAX", "ads of one mission (0..40)") { options, value in
      guard let range = Self.range(value), range.upperBound <= 100_000_000 else {
        return "a number or MIN..MAX"
      }
      options.ads.count = range
      return nil
    },
    OptionRow("--ad-size", "BYTES", "about how many bytes an ad has (1000)") { options, value in
      guard let size = Int(value), (0...64 * 1024 * 1024).contains(size) else {
        return "a number 0...67108864"
      }
      options.ads.size = size
      return nil
    },
    duration("--session-time", \.sessionTime, "from POST /session to ready (1s)"),
    OptionRow("--job-time", "DURATION|MIN..MAX", "how long a job takes (200ms..1s)") { options, value in
      guard let range = DurationText.parseRange(value) else { return "a duration such as 200ms, or MIN..MAX" }
      options.jobTime = range
      return nil
    },
    duration("--latency", \.latency, "how long every answer is held back (0)"),
    rate("--session-failures", \.sessionFailures, "share of sessions that fail, 0...1 (0)"),
    rate("--job-failures", \.jobFailures, "share of jobs that fail, 0...1 (0)"),
    OptionRow("--script", "FILE", "fault script: JSON array or JSON lines") {
      $0.script = $1
      return nil
    },
    text("--store", "DIR", \.store, "folder of the stored objects (state/simulator-store)"),
    OptionRow("--log", "FILE", "appends a JSON line per request") {
      $0.log = $1
      return nil
    },
    text("--bucket", "NAME", \.bucket, "the bucket that exists (mission-audit)"),
    text("--access-key", "KEY", \.accessKey, "S3 access key (demo-access)"),
    text("--secret-key", "KEY", \.secretKey, "S3 secret key (demo-secret-key)"),
    OptionRow("--api-key-prefix", "TEXT", "worker i takes the API key TEXTi (demo-key-)") {
      $0.apiKeyPrefix = $1
      return nil
    },
    OptionRow("--ports-file", "FILE", "is written with both ports as JSON") {
      $0.portsFile = $1
      return nil
    },
    OptionRow("--ready-file", "FILE", "is made once requests are answered") {
      $0.readyFile = $1
      return nil
    },
    OptionRow("--exit-with-parent", nil, "ends when the process that started it has ended") { options, _ in
      options.exitsWithParent = true
      return nil
    },
    OptionRow("--no-signature-check", nil, "takes any S3 request; only to see tests fail") { options, _ in
      options.checksSignatures = false
      return nil
    },
    OptionRow("--help", nil, "shows this") { options, _ in
      options.showsHelp = true
      return nil
    },
  ]

  /// The text of `--help`.
  static var helpText: String {
    let heads = all.map { "  \($0.name)\($0.placeholder.map { " \($0)" } ?? "")" }
    let width = (heads.map(\.count).max() ?? 0) + 2
    let rows = zip(heads, all).map { $0 + String(repeating: " ", count: width - $0.count) + $1.help }
    return """
      usage: mission-simulator [OPTIONS]

      Serves the worker API of several workers and an S3-compatible store on 127.0.0.1, so that
      mission-control can be tried and tested without any outside service.

      \(rows.joined(separator: "\n"))

      Durations are 250ms, 2s, 5m, 1h or bare seconds. SIGINT or SIGTERM ends it.

      """
  }

  // MARK: - Kinds of options

  private typealias Options = SimulatorOptions
  // Key paths to a value type's fields may be sent anywhere; the compiler wants it said.
  private typealias Path<Value> = WritableKeyPath<Options, Value> & Sendable

  private static func port(_ name: String, _ path: Path<UInt16>, _ help: String) -> OptionRow {
    OptionRow(name, "PORT", help) { options, value in
      guard let port = UInt16(value) else { return "a port 0...65535" }
      options[keyPath: path] = port
      return nil
    }
  }

  private static func number(_ name: String, _ path: Path<Int>, _ range: ClosedRange<Int>, _ help: String)
    -> OptionRow
  {
    OptionRow(name, "N", help) { options, value in
      guard let number = Int(value), range.contains(number) else {
        return "a number \(range.lowerBound)...\(range.upperBound)"
      }
      options[keyPath: path] = number
      return nil
    }
  }

  private static func duration(_ name: String, _ path: Path<Duration>, _ help: String) -> OptionRow {
    OptionRow(name, "DURATION", help) { options, value in
      guard let duration = DurationText.parse(value) else { return "a duration such as 250ms or 2s" }
      options[keyPath: path] = duration
      return nil
    }
  }

  private static func rate(_ name: String, _ path: Path<Double>, _ help: String) -> OptionRow {
    OptionRow(name, "RATE", help) { options, value in
      guard let rate = Double(value), (0...1).contains(rate) else { return "a share 0...1, such as 0.05" }
      options[keyPath: path] = rate
      return nil
    }
  }

  private static func text(
    _ name: String, _ placeholder: String, _ path: Path<String>, _ help: String
  ) -> OptionRow {
    OptionRow(name, placeholder, help) { options, value in
      guard !value.isEmpty else { return "some text" }
      options[keyPath: path] = value
      return nil
    }
  }

  private static func range(_ text: String) -> ClosedRange<Int>? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let low = Int(parts[0]), low >= 0 else { return nil }
    if parts.count == 1 { return low...low }
    guard parts.count == 3, parts[1].isEmpty, let high = Int(parts[2]), high >= low else { return nil }
    return low...high
  }
}
