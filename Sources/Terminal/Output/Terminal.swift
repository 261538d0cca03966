import Glibc
import MissionCore

/// The two outputs of the program and what they can show.
///
/// Answers of commands go to `output`, everything else to `errors`.
package struct Terminal: Sendable {
  /// Answers of commands.
  package let output: OutputWriter
  /// Everything else.
  package let errors: OutputWriter
  let outputIsTerminal: Bool
  /// A person may look at standard error.
  package let errorsAreTerminal: Bool
  /// How answers are coloured.
  package let outputStyle: TextStyle
  /// How progress is coloured.
  package let errorStyle: TextStyle

  /// - Parameter color: what was asked for on the command line.
  package init(
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
  package static func canRedraw(isTerminal: Bool, environment: [String: String]) -> Bool {
    isTerminal && environment["TERM"] != "dumb"
  }

  /// Columns of the terminal behind `descriptor`; `COLUMNS`, then 80, where there is none.
  package static func width(of descriptor: Int32, environment: [String: String] = [:]) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    return 80
  }

  /// Columns that answers are to keep to; nil where they go to a file or a program, whose lines are whole.
  package var outputWidth: Int? { outputIsTerminal ? Self.size(of: output.descriptor).columns : nil }

  /// Whether the whole terminal can be drawn on.
  package static func canWatch(environment: [String: String]) -> Bool {
    isatty(STDIN_FILENO) == 1 && canRedraw(isTerminal: isatty(STDOUT_FILENO) == 1, environment: environment)
  }

  /// Columns and rows of the terminal behind `descriptor`; 80 and 24 where it does not say.
  package static func size(of descriptor: Int32) -> (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// A write to a closed pipe answers EPIPE, one over the file size limit EFBIG, instead of ending the process.
  package static func ignoreWriteSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Everything in its order: what standard error was given earlier, the answer, what is to stand behind it.
  package func flush() {
    errors.drainSent()
    output.flush()
    errors.drain()
  }

  /// Why the answer could not be written whole; nil when it was, or nobody wanted it.
  package func outputFailure() -> CommandFailure? {
    output.flush()
    let code = output.failure == 0 ? OutputFailure.codeOfClosing(output.descriptor) : output.failure
    return OutputFailure.judge(code, isTerminal: outputIsTerminal)
  }
}
