import MissionCore
import Ports
import SQLite

extension DestinationError {
  /// What SQLite's error means for a load. `place` says where, for instance the ad's position.
  init(_ error: SQLiteError, at place: Message? = nil) {
    let words = UntrustedText.foreign("\(error)", limit: 400)
    let message: Message = place.map { "\($0): \(words)" } ?? "\(words)"
    if error.isBusy {
      self.init(
        .destinationOther, "the file is locked by another program: \(message)", severity: .transient())
    } else if error.isInterrupted {
      self.init(.destinationTimedOut, message)
    } else if error.cannotOpen || error.isReadOnly {
      self.init(.destinationRefused, message)
    } else if error.isFull || error.isIOError {
      self.init(.destinationOther, message)
    } else {
      // What is left is about the tables or the values: a missing column, a wrong type, a constraint, too big a
      // value, a damaged file. A person must look at it.
      self.init(.destinationDoesNotFit, message)
    }
  }

  /// What SQLite's error means while the file is opened.
  init(_ error: SQLiteError, opening path: String) {
    let mapped = DestinationError(error)
    self.init(mapped.code, "\(path): \(mapped.message)", severity: mapped.severity)
  }
}
