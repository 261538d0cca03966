import MissionCore

/// How one mission stands. Where several journals know it, the first of these counts: what is done stays done, whatever
/// a journal says that never ran it.
package enum MissionStanding: UInt8, Comparable, Sendable {
  case done, suspicious, empty, lost, failed, running, queued, cancelled, pending

  /// - Parameters:
  ///   - records: of a DONE mission.
  ///   - isSuspicious: of a DONE mission.
  package init(_ status: MissionStatus, records: Int, isSuspicious: Bool = false) {
    switch status {
    case .done: self = isSuspicious ? .suspicious : records == 0 ? .empty : .done
    case .failed: self = .failed
    case .running: self = .running
    case .queued: self = .queued
    case .cancelled: self = .cancelled
    case .pending: self = .pending
    }
  }

  /// What it makes of the days that it covers.
  package var dayState: DayState {
    switch self {
    case .done: return .done
    case .suspicious: return .suspicious
    case .empty: return .empty
    case .lost: return .lost
    case .failed: return .failed
    case .running: return .running
    case .queued, .pending: return .pending
    case .cancelled: return .cancelled
    }
  }

  /// Rows and object should be there.
  package var isDone: Bool { self <= .empty }

  package static func < (left: MissionStanding, right: MissionStanding) -> Bool {
    left.rawValue < right.rawValue
  }
}
