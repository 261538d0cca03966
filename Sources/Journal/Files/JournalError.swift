import MissionCore
import SQLite

/// Why the journal could not do what it was asked. Each says what to do, and decides the exit code (SPEC 4).
public enum JournalError: ExitingError, Hashable, Sendable {
  /// Another process holds the journal's lock.
  case heldByAnotherRun(path: String, holder: LockHolder? = nil)
  /// Another program locks the file for longer than the busy time-out.
  case busy(path: String)
  /// A symbolic link, another owner's file, no plain file, or somebody else's database.
  case unsafeFile(path: String, reason: Message)
  /// The file system cannot keep what the journal promises.
  case unsupportedFileSystem(path: String, reason: Message)
  case cannotWrite(path: String, reason: Message)
  case diskFull(path: String)
  case missing(what: Message)
  case corrupt(path: String, reason: Message)
  /// Reading or writing the disk failed.
  case diskFails(path: String, reason: Message)
  case newerVersion(path: String, found: Int, supported: Int)
  /// The run was told to stop while it chose its missions.
  case stopped
  /// Readers do not migrate.
  case olderVersion(path: String, found: Int, supported: Int)
  /// The engine asked for a step that the mission's state does not allow: a defect of the program.
  case illegalTransition(mission: MissionID, reason: Message)
  /// SQLite refused something that should always work: a defect of the program.
  case internalFailure(reason: Message)

  /// The exit code of SPEC 4.
  public var exitCode: ExitCode {
    switch self {
    case .missing: return .notFound
    case .illegalTransition, .internalFailure: return .internalError
    case .unsafeFile, .unsupportedFileSystem, .cannotWrite, .diskFull: return .cannotWrite
    case .corrupt, .diskFails, .newerVersion, .olderVersion: return .journalBroken
    case .heldByAnotherRun, .busy, .stopped: return .stoppedEarly
    }
  }

  /// Whether the file must not be written any more by this process.
  var endsWriting: Bool {
    switch self {
    case .corrupt, .diskFails: return true
    default: return false
    }
  }

  /// Whether only the writes that caused it are at fault, not the file.
  var isOfOneSubmission: Bool { exitCode == .internalError || exitCode == .notFound }

  /// Sorts an error of the lower layers; a `JournalError` stays what it is.
  init(_ error: any Error, path: String) {
    if let error = error as? JournalError {
      self = error
    } else if let error = error as? SQLiteError {
      self.init(error, path: path)
    } else {
      self = .internalFailure(reason: Message(of: error))
    }
  }

  private init(_ error: SQLiteError, path: String) {
    if error.isFull {
      self = .diskFull(path: path)
    } else if error.isCorrupt {
      self = .corrupt(path: path, reason: Message(of: error))
    } else if error.isIOError {
      self = .diskFails(path: path, reason: Message(of: error))
    } else if error.isBusy {
      self = .busy(path: path)
    } else if error.isReadOnly || error.cannotOpen {
      self = .cannotWrite(path: path, reason: Message(of: error))
    } else {
      self = .internalFailure(reason: "journal \(path): \(error)")
    }
  }
}

extension JournalError {
  public var message: Message {
    switch self {
    case .heldByAnotherRun(let path, nil):
      return "journal \(path) is held by another run: wait until it ends, then run again"
    case .heldByAnotherRun(let path, let holder?):
      return "journal \(path) is held by another run, process \(holder.process) since \(holder.since): "
        + "wait until it ends, then run again"
    case .busy(let path):
      return "journal \(path) is locked by another program for longer than execution.timeouts.busy: "
        + "close that program, then run again"
    case .unsafeFile(let path, let reason):
      return "\(path) \(reason): move it away or name another journal.path"
    case .unsupportedFileSystem(let path, let reason):
      return "journal \(path) cannot be kept here, \(reason): put journal.path on a local disk"
    case .cannotWrite(let path, let reason):
      return "cannot write \(path), \(reason): make its folder writable or name another journal.path"
    case .diskFull(let path):
      return "the disk of journal \(path) is full: free some space, then run again; nothing was lost"
    case .stopped: return "stopped before the work began; run again to go on"
    case .missing(let what): return "\(what) does not exist"
    case .corrupt(let path, let reason):
      return
        "journal \(path) is damaged, \(reason): restore a backup of it, or move it away with its -wal file "
        + "and run again; it was not touched"
    case .diskFails(let path, let reason):
      return "the disk of journal \(path) fails, \(reason): check the disk, then run again"
    case .newerVersion(let path, let found, let supported):
      return "journal \(path) has version \(found), this program knows up to \(supported): "
        + "use the newer program; it was not touched"
    case .olderVersion(let path, let found, let supported):
      return "journal \(path) has version \(found), this program reads \(supported): "
        + "start a run once, which keeps a backup and brings it up to date"
    case .illegalTransition(let mission, let reason):
      return "internal error: mission \(mission) \(reason); please report it"
    case .internalFailure(let reason): return "internal error: \(reason); please report it"
    }
  }
}
