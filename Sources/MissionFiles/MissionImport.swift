import MissionCore

/// The way of one file's bytes to rows: header first, then batches.
struct MissionImport {
  private let path: String
  private let sources: MissionSources
  private let makesIDs: Bool
  private var scanner: CSVScanner
  private var parser: MissionRowParser?
  private var batch: [MissionRow] = []
  private var summary = MissionFileSummary()

  init(path: String, sources: MissionSources = .any, makesIDs: Bool = true) {
    self.path = path
    self.sources = sources
    self.makesIDs = makesIDs
    scanner = CSVScanner(keptFields: sources.keptFields)
  }

  mutating func take(
    _ chunk: UnsafeBufferPointer<UInt8>, deliver: ([MissionRow]) throws -> Void, report: (RowError) -> Void
  ) throws(MissionFileFailure) {
    var index = 0
    while try step(scanner.next(chunk, from: &index), deliver: deliver, report: report) {}
  }

  mutating func finish(
    deliver: ([MissionRow]) throws -> Void, report: (RowError) -> Void
  ) throws(MissionFileFailure) -> MissionFileSummary {
    _ = try step(scanner.finish(), deliver: deliver, report: report)
    guard parser != nil else { throw headerError(1, 1, "the file is empty; it needs a header") }
    try flush(deliver)
    return summary
  }

  /// False when the scanner has nothing more.
  private mutating func step(
    _ output: CSVScanner.Output, deliver: ([MissionRow]) throws -> Void, report: (RowError) -> Void
  ) throws(MissionFileFailure) -> Bool {
    switch output {
    case .exhausted: return false
    case .fault(let fault):
      guard parser != nil else { throw headerError(fault.line, fault.column, fault.message) }
      reject(fault.line, fault.column, fault.message, report)
    case .record where parser == nil: try readHeader()
    case .record:
      switch parser!.parse(scanner.record, line: scanner.recordLine) {  // not nil: the case above
      case .row(let row):
        batch.append(row)
        if batch.count == MissionFileReader.batchSize { try flush(deliver) }
      case .fault(let fault): reject(fault.line, fault.column, fault.message, report)
      }
    }
    return true
  }

  private mutating func readHeader() throws(MissionFileFailure) {
    do throws(MissionHeader.Fault) {
      parser = MissionRowParser(
        header: try MissionHeader(scanner.record, for: sources), sources: sources, makesIDs: makesIDs)
      batch.reserveCapacity(MissionFileReader.batchSize)
    } catch {
      throw headerError(error.line, error.column, error.message)
    }
  }

  private mutating func flush(_ deliver: ([MissionRow]) throws -> Void) throws(MissionFileFailure) {
    guard !batch.isEmpty else { return }
    do { try deliver(batch) } catch { throw .delivery(error) }
    summary.rows += batch.count
    batch.removeAll(keepingCapacity: true)
  }

  private mutating func reject(_ line: Int, _ column: Int, _ message: Message, _ report: (RowError) -> Void) {
    summary.rejected += 1
    report(RowError(path: path, line: line, column: column, rule: message))
  }

  private func headerError(_ line: Int, _ column: Int, _ message: Message) -> MissionFileFailure {
    .file(
      FileError(
        kind: .content, path: path, place: FileError.Place(line: line, column: column), reason: message))
  }
}
