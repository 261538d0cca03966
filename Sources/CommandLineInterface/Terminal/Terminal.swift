import Glibc

/// The two outputs of the program and what they can show.
///
/// Answers of commands go to `output`, everything else to `errors`.
struct Terminal: Sendable {
  let output: OutputWriter
  let errors: OutputWriter
  let outputIsTerminal: Bool
  let errorsAreTerminal: Bool
  let outputStyle: TextStyle
  let errorStyle: TextStyle

  init(
    color: ColorChoice, environment: [String: String], outputDescriptor: Int32 = STDOUT_FILENO,
    errorDescriptor: Int32 = STDERR_FILENO
  ) {
    output = OutputWriter(descriptor: outputDescriptor)
    errors = OutputWriter(descriptor: errorDescriptor)
    outputIsTerminal = isatty(outputDescriptor) == 1
    errorsAreTerminal = isatty(errorDescriptor) == 1
    outputStyle = TextStyle(
      isColored: Self.usesColor(color, isTerminal: outputIsTerminal, environment: environment))
    errorStyle = TextStyle(
      isColored: Self.usesColor(color, isTerminal: errorsAreTerminal, environment: environment))
  }

  /// Colour is for terminals that can show it; an explicit choice wins over NO_COLOR (no-color.org).
  static func usesColor(_ choice: ColorChoice, isTerminal: Bool, environment: [String: String]) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      guard isTerminal, environment["TERM"] != "dumb" else { return false }
      return environment["NO_COLOR"].map(\.isEmpty) ?? true
    }
  }

  /// Whether a progress area that moves the cursor can be shown on standard error.
  static func canRedraw(isTerminal: Bool, environment: [String: String]) -> Bool {
    isTerminal && environment["TERM"] != "dumb"
  }

  /// Columns of the terminal behind `descriptor`; `COLUMNS`, then 80, where there is none.
  static func width(of descriptor: Int32, environment: [String: String] = [:]) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    return 80
  }

  /// Whether the whole terminal can be drawn on.
  static func canWatch(environment: [String: String]) -> Bool {
    isatty(STDIN_FILENO) == 1 && canRedraw(isTerminal: isatty(STDOUT_FILENO) == 1, environment: environment)
  }

  /// Columns and rows of the terminal behind `descriptor`; 80 and 24 where it does not say.
  static func size(of descriptor: Int32) -> (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// A write to a closed pipe answers EPIPE, one over the file size limit EFBIG, instead of ending the process.
  static func ignoreWriteSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Everything in its order: what standard error was given earlier, the answer, what is to stand behind it.
  func flush() {
    errors.drainSent()
    output.flush()
    errors.drain()
  }

  /// Why the answer could not be written whole; nil when it was, or nobody wanted it.
  func outputFailure() -> CommandFailure? {
    output.flush()
    let code = output.failure == 0 ? OutputFailure.codeOfClosing(output.descriptor) : output.failure
    return OutputFailure.judge(code, isTerminal: outputIsTerminal)
  }
}
