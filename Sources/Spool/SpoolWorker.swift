import Crypto
import Glibc
import MissionCore

/// What each of the spool's threads does: takes a group, makes it durable together, answers.
struct SpoolWorker {
  let queue: SpoolQueue
  let folder: SpoolFolder
  let writer: SpoolWriter
  let spares: SpareFiles

  private typealias Reply = @Sendable (Result<ScrapeAnswer, SpoolError>) -> Void

  /// Until the queue is closed and empty.
  func run() {
    while let group = queue.take() {
      perform(group)
      queue.finish(group)
    }
  }

  private func perform(_ group: [SpoolQueue.Job]) {
    var written: [Pending] = []
    for job in group {
      switch job.work {
      case .ingest(let answer, let reply):
        if let pending = write(answer, job.mission, reply) { written.append(pending) }
      case .remove:
        spares.retire(job.mission)
      case .open(let size, let sha256, let adsCount, let reply):
        reply(folder.verified(job.mission, size: size, sha256: sha256, adsCount: adsCount))
      }
    }
    if !written.isEmpty { publish(written) }
  }

  /// A written file that waits for its group. A class, because the file it owns cannot be copied into an array.
  private final class Pending {
    let written: SpoolWriter.Written
    let reply: Reply

    init(_ written: consuming SpoolWriter.Written, _ reply: @escaping Reply) {
      self.written = written
      self.reply = reply
    }
  }

  private func write(_ answer: ReceivedAnswer, _ mission: MissionID, _ reply: @escaping Reply) -> Pending? {
    do throws(SpoolError) {
      switch try writer.write(answer, mission) {
      case .answered(let answer): reply(.success(answer))
      case .written(let written):
        Writeback.begin(written.file.descriptor)
        return Pending(written, reply)
      }
    } catch { reply(.failure(error)) }
    return nil
  }

  /// fsync of each file, rename, one fsync of the folder; only then the answers.
  private func publish(_ group: [Pending]) {
    var renamed: [Pending] = []
    for pending in group {
      let file = pending.written.file.path
      do throws(SpoolError) {
        try pending.written.file.synchronize()
        try folder.publish(file, as: pending.written.result.mission)
        renamed.append(pending)
      } catch {
        folder.remove(file)
        pending.reply(.failure(error))
      }
    }
    do throws(SpoolError) {
      try folder.synchronize()
      for pending in renamed { pending.reply(.success(.completed(pending.written.result))) }
    } catch {
      for pending in renamed { pending.reply(.failure(error)) }
    }
  }
}

extension SpoolFolder {
  /// The spooled result of a mission when its bytes are exactly the ones that were written.
  func verified(_ mission: MissionID, size: Int64, sha256: String, adsCount: Int) -> SpooledResult? {
    let path = resultPath(mission)
    // Whatever keeps the bytes from being read makes them lost to this mission.
    guard let opened = try? SpooledBytes(mapping: path, size: size) else { return nil }
    let digest = opened.hexDigest()
    guard digest == sha256 else { return nil }
    guard size <= SpooledResult.largestInMemory else {
      return SpooledResult(mission: mission, size: size, sha256: sha256, adsCount: adsCount, path: path)
    }
    return SpooledResult(
      mission: mission, sha256: sha256, adsCount: adsCount, answer: Array(opened.bytes), data: 0..<Int(size))
  }
}

extension SpooledBytes {
  fileprivate func hexDigest() -> String {
    let step = 4 << 20
    var hash = SHA256()
    var done = 0
    while done < bytes.count {
      let next = min(done + step, bytes.count)
      hash.update(UnsafeRawBufferPointer(rebasing: bytes[done..<next]))
      done = next
      release(before: done)
    }
    return hash.finalizeHex()
  }
}
