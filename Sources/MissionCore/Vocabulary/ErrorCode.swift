/// The product's error codes (SPEC 8). They are not HTTP statuses.
public enum ErrorCode: String, CaseIterable, Sendable {
  case scrapeOther = "ERROR100"
  case sessionNotReady = "ERROR101"
  case sessionStuck = "ERROR102"
  case sessionDisconnected = "ERROR103"
  case sessionRetriesUsedUp = "ERROR104"
  case jobFailed = "ERROR200"
  case jobCancelled = "ERROR201"
  case jobNotFinishedInTime = "ERROR202"
  case jobRetriesUsedUp = "ERROR203"
  case startUnknown = "ERROR204"
  case resultSuspicious = "ERROR205"
  case destinationOther = "ERROR300"
  case destinationRefused = "ERROR301"
  case destinationTimedOut = "ERROR302"
  case destinationDoesNotFit = "ERROR303"
  case destinationRetriesUsedUp = "ERROR304"
  case storeOther = "ERROR400"
  case storeCredentials = "ERROR401"
  case bucketMissing = "ERROR402"
  case storePermissionDenied = "ERROR403"
  case uploadTimedOut = "ERROR404"
  case objectDiffers = "ERROR405"
  case internalError = "ERROR500"
  case noProxyAvailable = "ERROR501"
  case workerUnavailable = "ERROR502"

  /// The checkpoint the code belongs to; nil for ERROR500, which any may raise.
  public var checkpoint: Checkpoint? {
    switch rawValue.utf8.dropFirst(5).first {
    case UInt8(ascii: "1"), UInt8(ascii: "2"): return .scrape
    case UInt8(ascii: "3"): return .db
    case UInt8(ascii: "4"): return .s3
    default: return self == .internalError ? nil : .scrape
    }
  }

  /// Whether the mission is tried again (counted in `retry_count`) after this code.
  public var isRetried: Bool {
    switch self {
    case .scrapeOther, .sessionNotReady, .sessionStuck, .sessionDisconnected, .jobFailed, .jobCancelled,
      .jobNotFinishedInTime, .destinationOther, .destinationTimedOut:
      return true
    default: return false
    }
  }

  /// The code that replaces this one when retries were made and are used up; nil when it stays.
  public var whenRetriesAreUsedUp: ErrorCode? {
    switch self {
    case .sessionNotReady, .sessionStuck, .sessionDisconnected: return .sessionRetriesUsedUp
    case .scrapeOther, .jobFailed, .jobCancelled, .jobNotFinishedInTime: return .jobRetriesUsedUp
    case .destinationOther, .destinationTimedOut: return .destinationRetriesUsedUp
    default: return nil
    }
  }

  /// Whether every later mission would fail the same way, so that the run stops starting the checkpoint.
  public var opensBreaker: Bool {
    switch self {
    case .destinationRefused, .storeCredentials, .bucketMissing: return true
    default: return false
    }
  }

  /// Whether it was what surrounds the mission that failed: an outage condemns none, so that the next run chooses
  /// it again by itself (SPEC 4).
  public var isOfSurroundings: Bool {
    switch self {
    case .destinationRefused, .destinationTimedOut, .destinationRetriesUsedUp, .storeCredentials,
      .bucketMissing,
      .noProxyAvailable, .workerUnavailable:
      return true
    default: return false
    }
  }

  /// Whether a person must have looked before it is tried again: no run repeats it, whatever its options are; only
  /// `retry` (or the command that is meant for the code) does.
  public var needsPerson: Bool {
    switch self {
    case .startUnknown, .resultSuspicious, .objectDiffers: return true
    default: return false
    }
  }

  /// What the code means, in a few words, without a full stop.
  public var meaning: Message {
    switch self {
    case .scrapeOther: return "scrape failed"
    case .sessionNotReady: return "session not ready in time"
    case .sessionStuck: return "session stuck"
    case .sessionDisconnected: return "session disconnected"
    case .sessionRetriesUsedUp: return "session retries used up"
    case .jobFailed: return "job failed"
    case .jobCancelled: return "job cancelled"
    case .jobNotFinishedInTime: return "job not finished in time"
    case .jobRetriesUsedUp: return "job retries used up"
    case .startUnknown: return "not known whether it was started"
    case .resultSuspicious: return "suspicious result"
    case .destinationOther: return "destination failed"
    case .destinationRefused: return "destination refused the login or the connection"
    case .destinationTimedOut: return "destination timed out or went away"
    case .destinationDoesNotFit: return "destination schema or data does not fit"
    case .destinationRetriesUsedUp: return "destination retries used up"
    case .storeOther: return "store failed"
    case .storeCredentials: return "store does not accept the credentials"
    case .bucketMissing: return "bucket does not exist"
    case .storePermissionDenied: return "store denied permission"
    case .uploadTimedOut: return "upload timed out"
    case .objectDiffers: return "object exists with other bytes"
    case .internalError: return "internal error"
    case .noProxyAvailable: return "no proxy available"
    case .workerUnavailable: return "worker unavailable"
    }
  }
}
