import Glibc
import MissionCore
import Threads

/// One connection to the server. Every call waits at most until its deadline, on the calling thread: the socket never
/// blocks, so that a peer which vanished cannot hold a load. After an error other than `.statement` it is of no use.
final class LibpqConnection {
  private let libpq: Libpq
  private let connection: Libpq.Connection
  private var lastTag = ""

  /// A row of an answer: its columns as text, nil for NULL.
  typealias Row = [String?]

  /// Logs in.
  /// - Parameter parameters: libpq's keywords; those after `dbname`, which may hold a whole connection string,
  ///   overrule it, those before are its defaults.
  init(_ libpq: Libpq, parameters: [(keyword: String, value: String)], deadline: Moment)
    throws(LibpqError)
  {
    self.libpq = libpq
    let keywords = parameters.map { strdup($0.keyword) } + [nil]
    let values = parameters.map { strdup($0.value) } + [nil]
    defer { for text in keywords + values { free(text) } }
    let started = keywords.map { UnsafePointer($0) }.withUnsafeBufferPointer { keywords in
      values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
        libpq.connectStart(keywords.baseAddress!, values.baseAddress!, 1)
      }
    }
    guard let started else { throw LibpqError(.notConnected, "no memory for a connection") }
    connection = started
    // Only verbose errors tell the SQLSTATE of a refused login. Notices would go to standard error.
    _ = libpq.setErrorVerbosity(connection, LibpqCodes.verbose)
    _ = libpq.setNoticeProcessor(connection, { _, _ in }, nil)
    try connect(deadline)
    guard libpq.setNonBlocking(connection, 1) == 0 else {
      throw LibpqError(.notConnected, foreign: lastMessage)
    }
  }

  /// Does not block: on a non-blocking connection the farewell is sent if there is room for it.
  deinit { libpq.finish(connection) }

  private func connect(_ deadline: Moment) throws(LibpqError) {
    var polled = LibpqCodes.pollingReading + 1
    if libpq.status(connection) == LibpqCodes.connectionBad { polled = LibpqCodes.pollingFailed }
    while polled != LibpqCodes.pollingOK {
      if polled == LibpqCodes.pollingFailed { throw LibpqError.notConnected(lastMessage) }
      let events = polled == LibpqCodes.pollingReading ? POLLIN : POLLOUT
      guard wait(for: events, deadline) else {
        throw LibpqError(.timedOut, "no connection within execution.timeouts.connect")
      }
      polled = libpq.connectPoll(connection)
    }
  }

  // MARK: What is known of the server

  /// 150013 for 15.13; 90624 for 9.6.24.
  var serverVersion: Int { Int(libpq.serverVersion(connection)) }

  /// A setting that the server reports by itself, as `server_encoding`.
  func parameter(_ name: String) -> String? {
    libpq.parameterStatus(connection, name).map(String.init(cString:))
  }

  /// `TLSv1.3`; nil when the connection is not encrypted.
  var tlsVersion: String? { libpq.tlsAttribute(connection, "protocol").map(String.init(cString:)) }

  // MARK: Statements

  /// Runs statements of our own without values, several separated by `;`.
  @discardableResult
  func run(_ sql: String, deadline: Moment) throws(LibpqError) -> String {
    guard libpq.sendQuery(connection, sql) == 1 else { throw failure() }
    return try answer(deadline).tag
  }

  /// Runs one statement with its values, `$1` and on, as text.
  func query(_ sql: String, _ values: [String], deadline: Moment) throws(LibpqError) -> [Row] {
    let texts = values.map { strdup($0) }
    defer { for text in texts { free(text) } }
    let sent = texts.map { UnsafePointer($0) }.withUnsafeBufferPointer {
      libpq.sendQueryParams(connection, sql, Int32(values.count), nil, $0.baseAddress, nil, nil, 0)
    }
    guard sent == 1 else { throw failure() }
    let answer = try answer(deadline)
    lastTag = answer.tag
    return answer.rows
  }

  /// Rows that the last `query` or COPY says it changed: the number at the end of its tag, `DELETE 5`.
  var changes: Int { lastTag.split(separator: " ").last.flatMap { Int($0) } ?? 0 }

  // MARK: COPY

  /// Begins a `COPY … FROM STDIN`; then `putCopyData` as often as needed and `endCopy`.
  func beginCopy(_ sql: String, deadline: Moment) throws(LibpqError) {
    guard libpq.sendQuery(connection, sql) == 1 else { throw failure() }
    try flush(deadline)
    guard let result = try nextResult(deadline) else { throw failure() }
    let status = libpq.resultStatus(result)
    guard status == LibpqCodes.copyIn else {
      let error = failure(result)
      libpq.clear(result)
      try drain(deadline)
      throw error
    }
    libpq.clear(result)
  }

  /// Sends a piece of any length; what it holds need not be whole rows. An error of the server shows at the end.
  func putCopyData(_ bytes: UnsafeRawBufferPointer, deadline: Moment) throws(LibpqError) {
    guard let base = bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
    guard libpq.putCopyData(connection, base, Int32(bytes.count)) == 1 else { throw failure() }
    // Otherwise libpq would keep everything in memory.
    try flush(deadline)
  }

  /// Ends the data; what is wrong with any of it comes out here.
  func endCopy(deadline: Moment) throws(LibpqError) {
    guard libpq.putCopyEnd(connection, nil) == 1 else { throw failure() }
    lastTag = try answer(deadline).tag
  }

  // MARK: Answers

  private func answer(_ deadline: Moment) throws(LibpqError) -> (rows: [Row], tag: String) {
    try flush(deadline)
    var rows: [Row] = []
    var tag = ""
    var error: LibpqError?
    while let result = try nextResult(deadline) {
      defer { libpq.clear(result) }
      switch libpq.resultStatus(result) {
      case LibpqCodes.tuplesOK: rows += self.rows(result)
      case LibpqCodes.commandOK: break
      default: error = error ?? failure(result)
      }
      tag = libpq.commandTag(result).map(String.init(cString:)) ?? ""
    }
    if let error { throw error }
    guard libpq.status(connection) == LibpqCodes.connectionOK else { throw failure() }
    return (rows, tag)
  }

  private func rows(_ result: Libpq.Result) -> [Row] {
    (0..<libpq.rowCount(result)).map { row in
      (0..<libpq.columnCount(result)).map { column in
        libpq.isNull(result, row, column) == 1
          ? nil : libpq.value(result, row, column).map(String.init(cString:))
      }
    }
  }

  private func drain(_ deadline: Moment) throws(LibpqError) {
    while let result = try nextResult(deadline) { libpq.clear(result) }
  }

  /// The next result of what was sent; nil when there is no further one.
  private func nextResult(_ deadline: Moment) throws(LibpqError) -> Libpq.Result? {
    while libpq.isBusy(connection) == 1 {
      guard wait(for: POLLIN, deadline) else { throw tooLate() }
      // A broken connection also ends `isBusy`; its result says what happened.
      if libpq.consumeInput(connection) == 0, libpq.isBusy(connection) == 1 { throw failure() }
    }
    return libpq.getResult(connection)
  }

  private func flush(_ deadline: Moment) throws(LibpqError) {
    while true {
      switch libpq.flush(connection) {
      case 0: return
      case 1: break
      default: throw failure()
      }
      guard wait(for: POLLIN | POLLOUT, deadline) else { throw tooLate() }
      // The server may not read on before we have taken what it says. An error shows with the results.
      _ = libpq.consumeInput(connection)
    }
  }

  /// False when the deadline came first.
  private func wait(for events: Int32, _ deadline: Moment) -> Bool {
    while true {
      let remaining = deadline - Moment.now
      guard remaining > .zero else { return false }
      var waiting = pollfd(fd: libpq.socket(connection), events: Int16(events), revents: 0)
      let milliseconds = Int32(min((remaining / .milliseconds(1)).rounded(.up), 3_600_000))
      let found = poll(&waiting, 1, milliseconds)
      if found > 0 { return true }
      // Whatever is wrong with the socket: libpq finds out and says so.
      if found < 0, errno != EINTR { return true }
    }
  }

  // MARK: Errors

  private var lastMessage: String { libpq.errorMessage(connection).map(String.init(cString:)) ?? "" }

  private func tooLate() -> LibpqError {
    LibpqError(.timedOut, "no answer within execution.timeouts.statement")
  }

  private func failure() -> LibpqError {
    let isLost = libpq.status(connection) != LibpqCodes.connectionOK
    return LibpqError(isLost ? .lost : .statement, foreign: Self.firstLine(lastMessage))
  }

  private func failure(_ result: Libpq.Result) -> LibpqError {
    func field(_ code: Int32) -> String? { libpq.resultErrorField(result, code).map(String.init(cString:)) }
    // After such an error the server hangs up, which libpq may not have noticed yet.
    let isLast = ["FATAL", "PANIC"].contains(field(LibpqCodes.severity))
    let isLost = isLast || libpq.status(connection) != LibpqCodes.connectionOK
    let text = field(LibpqCodes.primaryMessage) ?? libpq.resultErrorMessage(result).map(String.init(cString:))
    var error = LibpqError(
      isLost ? .lost : .statement, foreign: Self.firstLine(text ?? lastMessage),
      sqlState: field(LibpqCodes.sqlState).flatMap { SQLState($0) })
    error.constraint = field(LibpqCodes.constraintName)
    error.copyRow = field(LibpqCodes.context).flatMap(LibpqError.copyRow(inContext:))
    return error
  }

  private static func firstLine(_ text: String) -> String {
    text.split(separator: "\n").first.map(String.init) ?? "the connection was lost"
  }
}
