import Failpoints
import Formats
import MissionCore
import Ports

/// What a program that ended well handed over, on its way into the spool. Works on the thread of hands.
///
/// `@unchecked Sendable`: the loop lets go of the intake when it makes this.
struct ProgramResult: @unchecked Sendable {
  let settings: CommandSettings
  let start: MissionStart
  let folder: String
  let spool: any ResultSpool
  /// What came on standard output; nil when the result is in files.
  let intake: ResultIntake?
  /// The program said so by its exit code.
  let isEmpty: Bool

  /// Replies once the result is durable, or refused.
  func hand(over reply: @escaping Attempt.LookReply) {
    if isEmpty {
      return spool.ingest(.memory(Array("[]".utf8)), of: start.mission, as: DocumentReader(), reply: reply)
    }
    let kept: [KeptFile]
    do throws(ResultFiles.Refusal) { kept = try keptFiles() } catch {
      intake?.discard()
      return reply(.failure(error.failure))
    }
    switch taken() {
    case .failure(let failure): reply(.failure(failure))
    case .success(let (answer, reader)):
      Failpoint.reach("program.result.before")
      spool.ingest(answer, of: start.mission, as: reader) { look in
        Failpoint.reach("program.result.after")
        guard case .success(.completed(var result)) = look else { return reply(look) }
        result.keptFiles = kept
        reply(.success(.completed(result)))
      }
    }
  }

  private func keptFiles() throws(ResultFiles.Refusal) -> [KeptFile] {
    try KeptFileList(
      folder: folder, place: "\(start.mission)/\(start.attempt)", root: settings.workFolder,
      patterns: settings.kept, limit: settings.maxResultSize, redactor: settings.redactor
    ).take()
  }

  private func taken() -> Result<(ReceivedAnswer, DocumentReader), SourceFailure> {
    if let intake { return intake.finish() }
    let pattern = settings.files ?? ""
    let files = ResultFiles(folder: folder, masking: settings.redactor)
    do throws(ResultFiles.Refusal) {
      let names = try files.matching([pattern])
      guard !names.isEmpty else {
        throw ResultFiles.Refusal(rule: "no file of the program's folder matches \(pattern)")
      }
      if names.count > 1, settings.format.kind == .json, settings.format.at != nil {
        throw ResultFiles.Refusal(
          rule: "\(names.count) files match \(pattern), but with result.at there can be one only")
      }
      let intake = ResultIntake(
        settings.format, limit: settings.maxResultSize, partPath: spool.partPath(for: start.mission),
        place: "\(pattern)", joinsDocuments: names.count > 1, redactor: settings.redactor)
      for name in names {
        intake.beginFile(files.shown(name))
        let isWhole = try files.read(name) { bytes in
          intake.take(bytes)
          return intake.refusal == nil && intake.breaking == nil
        }
        guard isWhole else { break }
      }
      return intake.finish()
    } catch { return .failure(error.failure) }
  }
}
