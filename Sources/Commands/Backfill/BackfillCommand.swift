import Files
import MissionCore
import MissionFiles
import Report
import Runs
import Terminal

/// `backfill`: a mission file for a range of days.
enum BackfillCommand {
  static func execute(_ options: BackfillOptions, _ context: CommandContext) throws(CommandFailure)
    -> ExitCode
  {
    let selection = options.selection
    // All of them are required options: the reader has made sure of them.
    guard let from = selection.from, let to = selection.to, let mediaType = selection.mediaType else {
      throw CommandFailure(.usage, "--from, --to, --media-type and --languages are needed")
    }
    let backfill = Backfill(
      from: from, to: to, mediaType: mediaType, languages: selection.languages, every: options.every,
      source: selection.sources.first)
    // As for other programs, a dash is standard output.
    guard let path = options.file, path != "-" else {
      let count = backfill.writeCSV { context.print($0) }
      // Nobody is told of missions that are not in the file.
      if context.terminal.outputFailure() == nil { context.remark(missions(count)) }
      return .success
    }
    let (count, saving) = try save(backfill, path)
    let told = missions(count)
    switch saving {
    case .new: context.remark("\(told) written to \(path)")
    case .same: context.remark("\(told) written to \(path) before")
    case .replaced(let earlier):
      context.remark(
        "\(told) written to \(path) in place of \(missions(earlier)) that backfill wrote before")
    }
    return .success
  }

  private enum Saving {
    case new, same
    case replaced(earlier: Int)
  }

  /// Larger files were not written by this command in any range that people ask for.
  private static let largestReplaced = 64 << 20

  /// Writes the file. One that this command wrote may be replaced, as long as nobody changed it; any other is refused:
  /// it may have been made or edited by hand.
  private static func save(_ backfill: Backfill, _ path: String) throws(CommandFailure) -> (Int, Saving) {
    var content: [UInt8] = []
    let count = backfill.writeCSV { content += $0.utf8 }
    var saving = Saving.new
    if FileContent.exists(path) {
      if FileContent.equals(path, content) { return (count, .same) }
      guard let found = FileContent.bytes(of: path, atMost: largestReplaced),
        let earlier = Backfill(written: found)
      else {
        throw CommandFailure(
          .cannotWrite, "\(path) exists and holds something else: remove it or name another file")
      }
      saving = .replaced(earlier: earlier.reduce(0) { count, _ in count + 1 })
    }
    do throws(FileFailure) {
      try AtomicFile.write(content, to: path, permissions: 0o644)
      return (count, saving)
    } catch { throw CommandFailure(error) }
  }

  private static func missions(_ count: Int) -> Message { count == 1 ? "1 mission" : "\(count) missions" }
}
