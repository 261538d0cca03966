import MissionCore
import Ports

/// What became of an answer given to `SpoolStore.ingest`.
public enum ScrapeAnswer: Sendable {
  /// There are no bytes to keep.
  case look(JobLook)
  /// The result is durable.
  case completed(SpooledResult)
}
