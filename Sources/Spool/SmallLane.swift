import Crypto
import Failpoints
import MissionCore
import Ports
import Threads

/// What the thread of small work does: takes what waits, judges it, and makes all its results durable with one
/// write and one fdatasync.
///
/// One thread does all of it. What comes while it waits for the disk is the next group, which keeps the number of
/// times that the disk is waited for small; judging takes far less time than that.
struct SmallLane: ~Copyable {
  private let queue: SpoolQueue
  private let pool: SegmentPool
  private let underWay: UnderWay
  private var writer: SegmentWriter

  private typealias Reply = @Sendable (Result<ScrapeAnswer, SpoolError>) -> Void

  /// A judged result that waits for its group.
  private struct Pending {
    let slot: Int
    let small: SmallResult
    let result: SpooledResult
    let reply: Reply
  }

  private enum Judged {
    case answer(ScrapeAnswer)
    case result(SmallResult, adsCount: Int)
  }

  init(queue: SpoolQueue, pool: SegmentPool, underWay: UnderWay) {
    self.queue = queue
    self.pool = pool
    self.underWay = underWay
    writer = SegmentWriter(pool: pool)
  }

  /// Until the queue is closed and nothing small waits.
  mutating func run() {
    while let group = queue.take(.small) {
      perform(group)
      queue.finish(group)
    }
    queue.smallLaneEnded()
  }

  private mutating func perform(_ group: [SpoolQueue.Job]) {
    var pending: [Pending] = []
    for (slot, job) in group.enumerated() {
      switch job.work {
      case .ingest(.memory(let bytes), let attempt, let reader, let reply):
        if let result = judge(bytes, reader, job.mission, attempt, slot, reply) { pending.append(result) }
      case .ingest(.file, _, _, _): preconditionFailure("a file is large work")
      case .remove: pool.remove(job.mission)
      case .claim(let size, let sha256, let adsCount, let reply):
        reply(pool.claimed(job.mission, size: size, sha256: sha256, adsCount: adsCount))
      }
    }
    if !pending.isEmpty { publish(pending) }
  }

  /// Marked before the answer is parsed: what brings the process down while parsing is seen at the next start.
  private func judge(
    _ bytes: [UInt8], _ reader: any AnswerReading, _ mission: MissionID, _ attempt: Int, _ slot: Int,
    _ reply: @escaping Reply
  ) -> Pending? {
    do throws(SpoolError) {
      let marks = try underWay.marks()
      marks.set(slot, mission)
      Failpoint.reach("spool.mark.after")
      do throws(SpoolError) {
        switch try read(bytes, reader, mission, attempt) {
        case .result(let small, let adsCount):
          return Pending(
            slot: slot, small: small, result: SpooledResult(small, adsCount: adsCount), reply: reply)
        case .answer(let answer):
          marks.clear(slot)
          reply(.success(answer))
        }
      } catch {
        marks.clear(slot)
        throw error
      }
    } catch { reply(.failure(error)) }
    return nil
  }

  private func read(
    _ bytes: [UInt8], _ reader: any AnswerReading, _ mission: MissionID, _ attempt: Int
  ) throws(SpoolError) -> Judged {
    switch try reader.content(of: bytes) {
    case .look(let look): return .answer(.look(look))
    case .records(let data, let count):
      return .result(SmallResult(mission, attempt, bytes, data), adsCount: count)
    case .record(let record):
      let array = [UInt8(ascii: "[")] + bytes[record] + [UInt8(ascii: "]")]
      return .result(SmallResult(mission, attempt, array, 0..<array.count), adsCount: 1)
    case .noRecords:
      return .result(SmallResult(mission, attempt, Array("[]".utf8), 0..<2), adsCount: 0)
    }
  }

  private mutating func publish(_ group: [Pending]) {
    do throws(SpoolError) {
      try writer.write(group.map(\.small))
      Failpoint.reach("spool.acknowledge.before")
      WakeGroup.together {
        for pending in group { pending.reply(.success(.completed(pending.result))) }
      }
    } catch {
      for pending in group { pending.reply(.failure(error)) }
    }
    // It is open since it was marked in it, so this cannot fail.
    guard let marks = try? underWay.marks() else { return }
    for pending in group { marks.clear(pending.slot) }
  }
}

extension SmallResult {
  fileprivate init(_ mission: MissionID, _ attempt: Int, _ answer: [UInt8], _ data: Range<Int>) {
    let digest = answer.withUnsafeBytes { SHA256.digest(of: UnsafeRawBufferPointer(rebasing: $0[data])) }
    self.init(mission: mission, attempt: attempt, answer: answer, data: data, sha256: digest)
  }
}

extension SpooledResult {
  fileprivate init(_ small: SmallResult, adsCount: Int) {
    self.init(
      mission: small.mission, sha256: Hex.encode(small.sha256), adsCount: adsCount, answer: small.answer,
      data: small.data)
  }
}
