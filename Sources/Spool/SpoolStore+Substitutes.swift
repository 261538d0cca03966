import Crypto
import Glibc
import MissionCore
import Ports
import Synchronization

// Results whose spool is gone, made once more of what was written elsewhere.
extension SpoolStore {
  /// A result of bytes that stand for the scraped ones: the same tokens, perhaps in other spacing. Its SHA-256 is that of
  /// the bytes it has, and tells whether it is the very same. It lies in a temporary file until `removeSubstitute`.
  /// Blocks.
  ///
  /// `source` gives the bytes in order to the writer, from any one thread, and returns when that is over.
  public func substitute(
    _ mission: MissionID, adsCount: Int, from source: (SubstituteWriter) throws -> Void
  ) throws -> SpooledResult {
    let path = folder.movingPath(mission)
    let writer = try SubstituteWriter(path: path)
    do {
      try source(writer)
      let (size, sha256) = try writer.finish()
      return SpooledResult(mission: mission, size: size, sha256: sha256, adsCount: adsCount, path: path)
    } catch {
      folder.remove(path)
      throw error
    }
  }

  public func removeSubstitute(_ mission: MissionID) { folder.remove(folder.movingPath(mission)) }

  /// The file that a download to `partPath(for:)` left, mapped.
  public func openPart(_ mission: MissionID, size: Int64) throws(SpoolError) -> any SpooledBytes {
    try MappedBytes(mapping: folder.partPath(mission), size: size)
  }
}

/// Takes a result's bytes one after the other into a file of the spool.
public final class SubstituteWriter: Sendable {
  private struct State {
    var size: Int64 = 0
    var hash = SHA256()
    var failure: SpoolError?
  }

  private let file: OpenFile
  private let state = Mutex(State())

  init(path: String) throws(SpoolError) { file = try OpenFile(creating: path) }

  /// A failure shows at the end.
  public func write(_ bytes: UnsafeRawBufferPointer) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do throws(SpoolError) { try file.write(bytes, at: state.size) } catch { state.failure = error }
      state.size += Int64(bytes.count)
      state.hash.update(bytes)
    }
  }

  /// The size and the SHA-256. The file need not survive a power cut: it is made again.
  func finish() throws(SpoolError) -> (size: Int64, sha256: String) {
    let (size, hash, failure) = state.withLock { ($0.size, $0.hash, $0.failure) }
    if let failure { throw failure }
    return (size, hash.finalizeHex())
  }
}
