import Crypto
import Failpoints
import Glibc
import JSONStream
import MissionCore
import Ports

/// What the threads of large work do: one piece at a time, each result in a file of its own.
struct LargeLane: Sendable {
  let queue: SpoolQueue
  let pool: SegmentPool
  let redactor: Redactor

  private var folder: SpoolFolder { pool.folder }

  /// Bytes moved at once inside a large file.
  private static let chunkSize = 1 << 20
  /// After so many bytes the kernel is asked to begin writing, so that the final fsync has little left.
  private static let writebackInterval: Int64 = 16 << 20

  private static let noAds: StaticString = "[]"

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
    case .ingest(let answer, let reply): reply(ingest(answer, job.mission))
    case .remove: pool.remove(job.mission)
    case .claim(let size, let sha256, let adsCount, let reply):
      reply(pool.claimed(job.mission, size: size, sha256: sha256, adsCount: adsCount))
    }
  }

  /// Judges the answer and makes its data durable; removes the temporary file when there is no result.
  private func ingest(_ answer: ReceivedAnswer, _ mission: MissionID) -> Result<ScrapeAnswer, SpoolError> {
    let path: String
    switch answer {
    case .memory: path = folder.partPath(mission)
    case .file(let given, _): path = given
    }
    do throws(SpoolError) {
      let outcome: Outcome
      switch answer {
      case .memory(let bytes): outcome = try writeMemory(bytes, mission, path)
      case .file(let path, let size): outcome = try rewriteFile(path, size, mission)
      }
      switch consume outcome {
      case .answered(let answer):
        folder.remove(path)
        return .success(answer)
      case .written(let written):
        Failpoint.reach("spool.large.fsync.before")
        try written.file.synchronize()
        Failpoint.reach("spool.large.fsync.after")
        try pool.publish(path, as: mission)
        Failpoint.reach("spool.large.acknowledge.before")
        return .success(.completed(written.result))
      }
    } catch {
      folder.remove(path)
      return .failure(error)
    }
  }

  private func writeMemory(_ bytes: [UInt8], _ mission: MissionID, _ path: String) throws(SpoolError)
    -> Outcome
  {
    // Made before the answer is parsed: what brings the process down while parsing is seen at the next start.
    let file = try OpenFile(creating: path)
    let judged: Result<AnswerReader.Reading, SpoolError> = bytes.withUnsafeBytes { raw in
      do throws(SpoolError) {
        let reading = try AnswerReader(raw, masking: redactor).read(progress: nil)
        if reading.answer == .result {
          let data = reading.data.map { UnsafeRawBufferPointer(rebasing: raw[$0]) } ?? noAdsBytes
          try file.write(data, at: 0)
        }
        return .success(reading)
      } catch { return .failure(error) }
    }
    let reading = try judged.get()
    if let answer = reading.answer.withoutResult { return .answered(answer) }
    return .written(Written(result: result(of: bytes, reading, mission), file: file))
  }

  private var noAdsBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: Self.noAds.utf8Start, count: 2)
  }

  private func result(of bytes: [UInt8], _ reading: AnswerReader.Reading, _ mission: MissionID)
    -> SpooledResult
  {
    guard let data = reading.data else {
      return SpooledResult(mission: mission, inMemory: Array("[]".utf8), adsCount: 0)
    }
    let sha256 = bytes.withUnsafeBytes { SHA256.hexDigest(of: UnsafeRawBufferPointer(rebasing: $0[data])) }
    if data.count <= SpooledResult.largestInMemory {
      return SpooledResult(
        mission: mission, sha256: sha256, adsCount: reading.adsCount, answer: bytes, data: data)
    }
    return SpooledResult(
      mission: mission, size: Int64(data.count), sha256: sha256, adsCount: reading.adsCount,
      path: folder.resultPath(mission))
  }

  private func rewriteFile(_ path: String, _ size: Int64, _ mission: MissionID) throws(SpoolError) -> Outcome
  {
    let reading = try read(path, size)
    if let answer = reading.answer.withoutResult { return .answered(answer) }
    let file = try OpenFile(reading: path, writing: true)
    guard let data = reading.data else {
      try file.truncate(to: 0)
      try file.write(noAdsBytes, at: 0)
      let result = SpooledResult(mission: mission, inMemory: Array("[]".utf8), adsCount: 0)
      return .written(Written(result: result, file: file))
    }
    Failpoint.reach("spool.large.write.before")
    let sha256 = try moveToFront(data, of: file)
    Failpoint.reach("spool.large.write.after")
    let result = SpooledResult(
      mission: mission, size: Int64(data.count), sha256: sha256, adsCount: reading.adsCount,
      path: folder.resultPath(mission))
    return .written(Written(result: result, file: file))
  }

  /// Validates the mapped file, dropping the pages behind the scan.
  private func read(_ path: String, _ size: Int64) throws(SpoolError) -> AnswerReader.Reading {
    let mapped = try MappedBytes(mapping: path, size: size)
    return try AnswerReader(mapped.bytes, masking: redactor).read { mapped.release(before: $0) }
  }

  /// Makes `range` the whole content and gives its SHA-256. In place: a second copy of 4 GiB may not fit on the
  /// disk. The bytes only ever move towards the front, so front to back overwrites nothing that is still needed.
  private func moveToFront(_ range: Range<Int>, of file: borrowing OpenFile) throws(SpoolError) -> String {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize, alignment: 4096)
    defer { chunk.deallocate() }
    var hash = SHA256()
    var done: Int64 = 0
    var nextWriteback = Self.writebackInterval
    while done < range.count {
      let wanted = min(Int64(chunk.count), Int64(range.count) - done)
      let place = UnsafeMutableRawBufferPointer(rebasing: chunk[..<Int(wanted)])
      let count = try file.read(into: place, at: Int64(range.lowerBound) + done)
      guard count == wanted else { throw .lost(path: file.path) }
      hash.update(UnsafeRawBufferPointer(place))
      try file.write(UnsafeRawBufferPointer(place), at: done)
      done += Int64(count)
      if done >= nextWriteback {
        Writeback.begin(file.descriptor)
        nextWriteback += Self.writebackInterval
      }
    }
    try file.truncate(to: Int64(range.count))
    return hash.finalizeHex()
  }
}
