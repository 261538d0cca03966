import MissionCore

/// Opens the journal for reading.
package enum JournalAccess {
  /// Nil when there is no journal yet: nothing was ever run.
  package static func reader(_ path: String) throws(CommandFailure) -> JournalReader? {
    do throws(JournalError) {
      return try JournalReader(path: path)
    } catch {
      if case .missing = error { return nil }
      throw CommandFailure(error)
    }
  }

  /// Whether a run, or a command that changes something, holds the journal.
  package static func isLive(_ path: String) throws(CommandFailure) -> Bool {
    do throws(JournalError) { return try JournalLock.isHeld(journal: path) } catch {
      throw CommandFailure(error)
    }
  }

  /// Runs `body` with the journal's errors turned into failures of the command.
  package static func failing<R>(_ body: () throws(JournalError) -> R) throws(CommandFailure) -> R {
    do throws(JournalError) { return try body() } catch { throw CommandFailure(error) }
  }

  /// As `failing`, for what streams from the journal and may throw anything of its own.
  package static func streaming<R>(_ body: () throws -> R) throws(CommandFailure) -> R {
    do { return try body() } catch let error as JournalError {
      throw CommandFailure(error)
    } catch let failure as CommandFailure {
      throw failure
    } catch { throw CommandFailure(.internalError, "\(error)") }
  }
}
