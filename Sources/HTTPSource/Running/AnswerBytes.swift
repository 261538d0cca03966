import Files
import Glibc
import HTTP
import MissionCore
import Ports

/// Bodies wherever the transport has put them.
enum AnswerBytes {
  /// Gives the bytes to `judge`, which must not keep them.
  static func read<Value>(
    _ body: HTTPResponse.Body, _ judge: (UnsafeRawBufferPointer) -> Result<Value, SourceFailure>
  ) -> Result<Value, SourceFailure> {
    switch body {
    case .memory(let bytes): return bytes.withUnsafeBytes(judge)
    case .file(let path, let size):
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { return .failure(failure(errno)) }
      defer { close(descriptor) }
      guard let mapping = FileMapping(descriptor, size: Int(size)) else { return .failure(failure(errno)) }
      let value = judge(mapping.bytes)
      return mapping.isDamaged ? .failure(failure(EIO)) : value
    }
  }

  /// For the spool.
  static func received(_ body: HTTPResponse.Body) -> ReceivedAnswer {
    switch body {
    case .memory(let bytes): .memory(bytes)
    case .file(let path, let size): .file(path: path, size: size)
    }
  }

  /// Of an answer that nobody needs any more.
  static func remove(_ body: HTTPResponse.Body) {
    if case .file(let path, _) = body { unlink(path) }
  }

  private static func failure(_ code: Int32) -> SourceFailure {
    SourceFailure(
      code == EIO ? .diskFails : .spoolFull, "an answer in the spool's folder cannot be read: \(Errno(code))")
  }
}
