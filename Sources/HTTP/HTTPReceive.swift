/// Where the body of an answer goes.
public enum HTTPReceive: Sendable {
  /// Into memory; a larger body fails with `tooLarge`.
  case memory(limit: Int)
  /// Into memory up to `memoryLimit`; a larger body goes whole to a new file at `path` (0600; a file or link
  /// that is already there is an error). Over `maxSize` it fails with `tooLarge`. The file is removed when the
  /// transfer fails; it is not yet flushed to the disk when the reply comes.
  case spill(memoryLimit: Int, path: String, maxSize: Int64)
  /// To `writer`, whatever its size and whatever the status; the first `keeping` bytes are in the answer as well.
  case pass(to: any HTTPBodyWriter, keeping: Int)

  var memoryLimit: Int {
    switch self {
    case .memory(let limit), .spill(let limit, _, _), .pass(_, let limit): return limit
    }
  }

  var maxSize: Int64 {
    switch self {
    case .memory(let limit): return Int64(limit)
    case .spill(_, _, let maxSize): return maxSize
    case .pass: return .max
    }
  }
}
