import MissionFiles
import Report

/// `backfill`: a mission file for a range of days.
enum BackfillCommand {
  static func execute(_ options: BackfillOptions, _ context: CommandContext) throws(CommandFailure)
    -> ExitCode
  {
    let backfill = Backfill(
      from: options.from, to: options.to, mediaType: options.mediaType, languages: options.languages,
      every: options.every)
    guard let path = options.file else {
      let count = backfill.writeCSV { context.print($0) }
      // Nobody is told of missions that are not in the file.
      if context.terminal.outputFailure() == nil { context.remark(missions(count)) }
      return .success
    }
    let (count, isNew) = try save(backfill, path)
    let told = missions(count)
    context.remark(isNew ? "\(told) written to \(path)" : "\(told) written to \(path) before")
    return .success
  }

  /// Writes the file unless it is there. One with the same content is left alone, any other refused: it may
  /// have been edited by hand.
  private static func save(_ backfill: Backfill, _ path: String) throws(CommandFailure) -> (Int, isNew: Bool)
  {
    var content: [UInt8] = []
    let count = backfill.writeCSV { content += $0.utf8 }
    if FileContent.exists(path) {
      guard FileContent.equals(path, content) else {
        throw CommandFailure(
          .cannotWrite, "\(path) exists and holds something else: remove it or name another file")
      }
      return (count, false)
    }
    do throws(FileFailure) {
      try AtomicFile.write(content, to: path, permissions: 0o644)
      return (count, true)
    } catch { throw CommandFailure(error) }
  }

  private static func missions(_ count: Int) -> String { count == 1 ? "1 mission" : "\(count) missions" }
}
