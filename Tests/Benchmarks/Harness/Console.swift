import Glibc

/// Standard error, where everything but the table goes.
enum Console {
  static func say(_ text: String) {
    var line = text + "\n"
    _ = line.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
