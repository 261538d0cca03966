import Foundation

/// A system call of a traced run, as strace tells it.
struct SystemCall: Hashable {
  let thread: Int
  let name: String
  /// Of the file that it is about, below the state folder; nil for everything else.
  let file: String?

  /// `1234  pwrite64(7</tmp/site/state/journal.sqlite-wal>, "…"..., 24, 0) = 24`, or with the path as an argument.
  init?(line: Substring, state: String) {
    guard let space = line.firstIndex(of: " "), let thread = Int(line[..<space]),
      let open = line.firstIndex(of: "("), !line.contains("resumed>")
    else { return nil }
    self.thread = thread
    name = line[space..<open].trimmingCharacters(in: .whitespaces)
    file = line.range(of: state + "/").map { place in
      String(line[place.upperBound...].prefix { $0 != ">" && $0 != "\"" })
    }
  }
}
