import MissionCore

// How the domain's words are stored: small integers that never change their meaning. The views
// `mission_list` and `mission_events` show them as text.

extension MissionStatus {
  var stored: Int64 {
    switch self {
    case .pending: return 0
    case .queued: return 1
    case .running: return 2
    case .done: return 3
    case .failed: return 4
    case .cancelled: return 5
    }
  }

  init(stored: Int64) {
    switch stored {
    case 1: self = .queued
    case 2: self = .running
    case 3: self = .done
    case 4: self = .failed
    case 5: self = .cancelled
    default: self = .pending
    }
  }
}

extension Checkpoint {
  var stored: Int64 { Int64(ordinal) }

  init(stored: Int64) { self = stored == 0 ? .scrape : stored == 1 ? .db : .s3 }
}

extension MediaType {
  var stored: Int64 {
    switch self {
    case .all: return 0
    case .video: return 1
    case .image: return 2
    }
  }

  /// Nil for `stored` of none.
  init?(stored: Int64) {
    guard let type = Self.allCases.first(where: { $0.stored == stored }) else { return nil }
    self = type
  }
}

extension MediaType? {
  /// The column cannot be null.
  var stored: Int64 { self?.stored ?? -1 }
}

extension ErrorCode {
  /// The number of `ERROR104`.
  var stored: Int64 { Int64(rawValue.dropFirst(5)) ?? 0 }

  init?(stored: Int64) { self.init(rawValue: "ERROR\(stored)") }
}

extension EventKind {
  var stored: Int64 {
    switch self {
    case .imported: return 1
    case .queued: return 2
    case .started: return 3
    case .sessionCreating: return 4
    case .sessionCreated: return 5
    case .sessionReady: return 6
    case .sessionReused: return 7
    case .scrapeStarting: return 8
    case .scrapeStarted: return 9
    case .jobAdopted: return 10
    case .scrapeCompleted: return 11
    case .scrapeError: return 12
    case .dbCompleted: return 13
    case .dbError: return 14
    case .s3Completed: return 15
    case .s3Error: return 16
    case .retryQueued: return 17
    case .resumed: return 18
    case .completed: return 19
    case .failed: return 20
    case .cancelled: return 21
    case .suspicious: return 23
    case .accepted: return 24
    }
  }

  /// Nil for a kind that a newer program wrote.
  init?(stored: Int64) {
    guard let kind = Self.allCases.first(where: { $0.stored == stored }) else { return nil }
    self = kind
  }
}

extension ParameterValues {
  /// Null without any: a column of a million missions that have none takes no room.
  var stored: String? { isEmpty ? nil : json }
}
