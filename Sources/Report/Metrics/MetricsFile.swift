import Files
import Glibc
import Journal
import MissionCore

/// The file for node_exporter's textfile collector.
///
/// node_exporter runs as another user, so everybody may read the file, whatever the umask; it holds counts, codes
/// and times only. What cannot be known now (a journal that cannot be read, the exit code of a run that works) keeps
/// its last value, so that an alert on the last success does not fall silent with the first failure.
public enum MetricsFile {
  /// A file of ours has some kilobytes; anything larger is not looked at.
  private static let largestSize = 1 << 20
  private static let prefix = "mission_control_"
  private static let exitNames = [
    "mission_control_last_exit_code", "mission_control_last_exit_timestamp_seconds",
  ]

  /// - Parameters:
  ///   - journalPath: nil when it is not known or should not be asked.
  ///   - exitCode: what the process is about to end with; nil while it works.
  ///   - version: the program's, for `mission_control_build_info`.
  /// - Returns: why the journal could not be read, when it was asked in vain.
  @discardableResult
  public static func write(
    to path: String, journalPath: String?, exitCode: Int?, version: String, now: Timestamp
  ) throws(FileFailure) -> JournalError? {
    var build = MetricFamily("mission_control_build_info", .gauge, "The program's version, as a label")
    build.add(1, ("version", version))
    var text = build.text
    var failure: JournalError?
    let old = previous(path)
    if let journalPath {
      do throws(JournalError) {
        let families = try JournalMetrics.families(
          from: JournalReader(path: journalPath), now: now, isInterim: exitCode == nil)
        text += families.map(\.text).joined()
        // What takes too long now is as it was.
        if !families.contains(where: { $0.name == CoverageMetrics.name }) {
          text += kept(old) { $0 == CoverageMetrics.name }
        }
      } catch { failure = error }
    }
    if journalPath == nil || failure != nil { text += kept(old) { !exitNames.contains($0) } }
    text += exitCode.map { ended($0, now) } ?? kept(old) { exitNames.contains($0) }
    let file = try AtomicFile(path: path, permissions: 0o644, ignoresUmask: true)
    try file.write(Array(text.utf8))
    try file.commit()
    return failure
  }

  private static func ended(_ code: Int, _ now: Timestamp) -> String {
    let families = [
      MetricFamily(
        exitNames[0], .gauge, "The exit code of the latest run command, also of one that could not begin",
        value: code),
      MetricFamily(
        exitNames[1], .gauge, "When the latest run command ended", value: JournalMetrics.seconds(now)),
    ]
    return families.map(\.text).joined()
  }

  /// The lines of the file as it is, each with the name that it belongs to; none of a file that is not ours.
  private static func previous(_ path: String) -> [(name: Substring, line: Substring)] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      (1...largestSize).contains(Int(status.st_size))
    else { return [] }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    guard read(descriptor, &bytes, bytes.count) == bytes.count, bytes.last == UInt8(ascii: "\n") else {
      return []
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      let word = line.hasPrefix("# ") && words.count > 2 ? words[2] : words[0]
      let name = word.prefix { $0 != "{" }
      return name.hasPrefix(prefix) ? (name, line) : nil
    }
  }

  private static func kept(
    _ lines: [(name: Substring, line: Substring)], where isWanted: (String) -> Bool
  ) -> String {
    lines.filter { isWanted(String($0.name)) && $0.name != "mission_control_build_info" }
      .map { $0.line + "\n" }.joined()
  }
}
