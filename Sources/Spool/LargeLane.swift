import Crypto
import Failpoints
import Glibc
import MissionCore
import Ports

/// What the threads of large work do: one piece at a time, each result in a file of its own.
struct LargeLane: Sendable {
  let queue: SpoolQueue
  let pool: SegmentPool

  private var folder: SpoolFolder { pool.folder }

  /// Bytes moved at once inside a large file.
  private static let chunkSize = 1 << 20
  /// After so many bytes the kernel is asked to begin writing, so that the final fsync has little left.
  private static let writebackInterval: Int64 = 16 << 20

  /// A result whose bytes are in its temporary file, not yet on disk.
  private struct Written: ~Copyable {
    let result: SpooledResult
    let file: OpenFile
  }

  private enum Outcome: ~Copyable {
    case answered(ScrapeAnswer)
    case written(Written)
  }

  /// Until the queue is closed and nothing large waits.
  func run() {
    while let group = queue.take(.large) {
      for job in group { perform(job) }
      queue.finish(group)
    }
  }

  private func perform(_ job: SpoolQueue.Job) {
    switch job.work {
    case .ingest(let answer, let attempt, let reader, let reply):
      reply(ingest(answer, reader, job.mission, attempt))
    case .remove: pool.remove(job.mission)
    case .claim(let size, let sha256, let adsCount, let reply):
      reply(pool.claimed(job.mission, size: size, sha256: sha256, adsCount: adsCount))
    }
  }

  /// Judges the answer and makes its data durable; removes the temporary file when there is no result.
  private func ingest(
    _ answer: ReceivedAnswer, _ reader: any AnswerReading, _ mission: MissionID, _ attempt: Int
  ) -> Result<ScrapeAnswer, SpoolError> {
    let path: String
    let result = folder.resultPath(mission, attempt: attempt)
    switch answer {
    case .memory: path = folder.partPath(mission)
    case .file(let given, _): path = given
    }
    do throws(SpoolError) {
      let outcome: Outcome
      switch answer {
      case .memory(let bytes): outcome = try writeMemory(bytes, reader, mission, path, result)
      case .file(let path, let size): outcome = try rewriteFile(path, size, reader, mission, result)
      }
      switch consume outcome {
      case .answered(let answer):
        folder.remove(path)
        return .success(answer)
      case .written(let written):
        Failpoint.reach("spool.large.fsync.before")
        try written.file.synchronize()
        Failpoint.reach("spool.large.fsync.after")
        try pool.publish(path, as: mission, attempt: attempt)
        Failpoint.reach("spool.large.acknowledge.before")
        return .success(.completed(written.result))
      }
    } catch {
      folder.remove(path)
      return .failure(error)
    }
  }

  private func writeMemory(
    _ bytes: [UInt8], _ reader: any AnswerReading, _ mission: MissionID, _ path: String, _ resultPath: String
  ) throws(SpoolError) -> Outcome {
    // Made before the answer is parsed: what brings the process down while parsing is seen at the next start.
    let file = try OpenFile(creating: path)
    let array: [UInt8]
    let data: Range<Int>
    let count: Int
    switch try reader.content(of: bytes) {
    case .look(let look): return .answered(.look(look))
    case .records(let range, let records): (array, data, count) = (bytes, range, records)
    case .record(let record):
      array = [UInt8(ascii: "[")] + bytes[record] + [UInt8(ascii: "]")]
      (data, count) = (0..<array.count, 1)
    case .noRecords: (array, data, count) = (Array("[]".utf8), 0..<2, 0)
    }
    let written: Result<String, SpoolError> = array.withUnsafeBytes { raw in
      let data = UnsafeRawBufferPointer(rebasing: raw[data])
      do throws(SpoolError) { try file.write(data, at: 0) } catch { return .failure(error) }
      return .success(SHA256.hexDigest(of: data))
    }
    let sha256 = try written.get()
    guard data.count > SpooledResult.largestInMemory else {
      let result = SpooledResult(
        mission: mission, sha256: sha256, adsCount: count, answer: array, data: data)
      return .written(Written(result: result, file: file))
    }
    return .written(
      Written(
        result: SpooledResult(
          mission: mission, size: Int64(data.count), sha256: sha256, adsCount: count, path: resultPath),
        file: file))
  }

  private func rewriteFile(
    _ path: String, _ size: Int64, _ reader: any AnswerReading, _ mission: MissionID, _ resultPath: String
  ) throws(SpoolError) -> Outcome {
    let content = try read(path, size, reader)
    if case .look(let look) = content { return .answered(.look(look)) }
    let file = try OpenFile(reading: path, writing: true)
    Failpoint.reach("spool.large.write.before")
    let result: SpooledResult
    switch content {
    case .look, .noRecords:
      try file.truncate(to: 0)
      try file.write(Array("[]".utf8), at: 0)
      result = SpooledResult(mission: mission, inMemory: Array("[]".utf8), adsCount: 0)
    case .records(let data, let count):
      let sha256 = try moveToFront(data, of: file)
      result = SpooledResult(
        mission: mission, size: Int64(data.count), sha256: sha256, adsCount: count, path: resultPath)
    case .record(let record):
      let sha256 = try moveToFront(record, of: file, inBrackets: true)
      result = SpooledResult(
        mission: mission, size: Int64(record.count + 2), sha256: sha256, adsCount: 1, path: resultPath)
    }
    Failpoint.reach("spool.large.write.after")
    return .written(Written(result: result, file: file))
  }

  /// Validates the mapped file, dropping the pages behind the scan.
  private func read(
    _ path: String, _ size: Int64, _ reader: any AnswerReading
  ) throws(SpoolError) -> AnswerContent {
    let mapped = try MappedBytes(mapping: path, size: size)
    do throws(SpoolError) {
      let content = try reader.read(mapped.bytes) { mapped.release(before: $0) }
      try mapped.expectReadable()
      return content
    } catch {
      // What could not be read is no fault of the answer.
      try mapped.expectReadable()
      throw error
    }
  }

  /// Makes `range` the whole content, in brackets or not, and gives its SHA-256. In place: a second copy of 4 GiB may
  /// not fit on the disk. What is written never reaches beyond what was read, so front to back overwrites nothing that
  /// is still needed: of a piece behind the opening bracket the last byte waits for the next.
  private func moveToFront(
    _ range: Range<Int>, of file: borrowing OpenFile, inBrackets: Bool = false
  ) throws(SpoolError) -> String {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize + 1, alignment: 4096)
    defer { chunk.deallocate() }
    var hash = SHA256()
    var done: Int64 = 0
    var nextWriteback = Self.writebackInterval
    // Bytes before a piece: the bracket, then the last byte of the piece before.
    let held = inBrackets ? 1 : 0
    chunk[0] = UInt8(ascii: "[")
    while done < range.count {
      let wanted = min(Int64(Self.chunkSize), Int64(range.count) - done)
      let place = UnsafeMutableRawBufferPointer(rebasing: chunk[held..<held + Int(wanted)])
      let count = try file.read(into: place, at: Int64(range.lowerBound) + done)
      guard count == wanted else { throw .lost(path: file.path) }
      let piece = UnsafeRawBufferPointer(rebasing: chunk[..<Int(wanted)])
      hash.update(piece)
      try file.write(piece, at: done)
      if inBrackets { chunk[0] = chunk[Int(wanted)] }
      done += Int64(count)
      if done >= nextWriteback {
        Writeback.begin(file.descriptor)
        nextWriteback += Self.writebackInterval
      }
    }
    try file.truncate(to: Int64(range.count))
    if inBrackets {
      let end = [chunk[0], UInt8(ascii: "]")]
      end.withUnsafeBytes { hash.update($0) }
      try file.write(end, at: done)
    }
    return hash.finalizeHex()
  }
}
