import MissionCore

/// How a source's answers are read: what they say, and where the records lie in them. The answer is JSON.
package protocol AnswerReading: Sendable {
  /// Validates the whole answer in one pass, or in one more over a part of it. May be called for the same bytes again.
  ///
  /// `progress` is told about every 4 MiB how far it has come, so that a mapped file's pages behind can be dropped.
  /// - Throws: `.notJSON`, `.wrongShape` or `.countMismatch`, with words of the answer cleaned and masked.
  func read(_ answer: UnsafeRawBufferPointer, progress: ((Int) -> Void)?) throws(SpoolError) -> AnswerContent
}

/// What an answer holds.
package enum AnswerContent: Hashable, Sendable {
  /// No result.
  case look(JobLook)
  /// The records: an array of so many objects, brackets included.
  case records(Range<Int>, count: Int)
  /// One record, without the brackets that it gets in the spool.
  case record(Range<Int>)
  /// A result without any record.
  case noRecords
}
