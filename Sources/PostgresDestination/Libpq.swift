import RuntimeLibraries

/// libpq as far as this target needs it, bound at run time: its headers are not among the build's packages.
///
/// The numbers of its enumerations are in `LibpqCodes`. Only functions that have been there since PostgreSQL 12 are
/// bound, and of them those that never block on a connection which is set to non-blocking.
struct Libpq: Sendable {
  typealias Connection = OpaquePointer
  typealias Result = OpaquePointer
  typealias Text = UnsafePointer<CChar>

  let connectStart: @convention(c) (UnsafePointer<Text?>, UnsafePointer<Text?>, Int32) -> Connection?
  let connectPoll: @convention(c) (Connection) -> UInt32
  let status: @convention(c) (Connection) -> UInt32
  let socket: @convention(c) (Connection) -> Int32
  let errorMessage: @convention(c) (Connection) -> Text?
  let setErrorVerbosity: @convention(c) (Connection, UInt32) -> UInt32
  let setNoticeProcessor: @convention(c) (Connection, NoticeProcessor?, UnsafeMutableRawPointer?) -> Address?
  let setNonBlocking: @convention(c) (Connection, Int32) -> Int32
  let serverVersion: @convention(c) (Connection) -> Int32
  let parameterStatus: @convention(c) (Connection, Text) -> Text?
  let tlsAttribute: @convention(c) (Connection, Text) -> Text?
  let finish: @convention(c) (Connection) -> Void

  let sendQuery: @convention(c) (Connection, Text) -> Int32
  let sendQueryParams:
    @convention(c) (
      Connection, Text, Int32, UnsafePointer<UInt32>?, UnsafePointer<Text?>?, UnsafePointer<Int32>?,
      UnsafePointer<Int32>?, Int32
    ) -> Int32
  let flush: @convention(c) (Connection) -> Int32
  let consumeInput: @convention(c) (Connection) -> Int32
  let isBusy: @convention(c) (Connection) -> Int32
  let getResult: @convention(c) (Connection) -> Result?
  let putCopyData: @convention(c) (Connection, UnsafePointer<UInt8>, Int32) -> Int32
  let putCopyEnd: @convention(c) (Connection, Text?) -> Int32

  let resultStatus: @convention(c) (Result) -> UInt32
  let resultErrorField: @convention(c) (Result, Int32) -> Text?
  let resultErrorMessage: @convention(c) (Result) -> Text?
  let commandTag: @convention(c) (Result) -> Text?
  let rowCount: @convention(c) (Result) -> Int32
  let columnCount: @convention(c) (Result) -> Int32
  let value: @convention(c) (Result, Int32, Int32) -> Text?
  let isNull: @convention(c) (Result, Int32, Int32) -> Int32
  let clear: @convention(c) (Result) -> Void

  let parseConninfo: @convention(c) (Text, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Address?
  let freeConninfo: @convention(c) (Address) -> Void
  let freeMemory: @convention(c) (UnsafeMutableRawPointer) -> Void

  typealias Address = UnsafeMutableRawPointer
  typealias NoticeProcessor = @convention(c) (UnsafeMutableRawPointer?, Text?) -> Void

  /// Binds the library; `libraries` is for tests of one that is not there.
  init(from libraries: [String] = ["libpq.so.5"]) throws(DynamicLibraryError) {
    let library = try DynamicLibrary(firstOf: libraries, package: "libpq5")
    func bind<F>(_ name: String, _ type: F.Type = F.self) throws(DynamicLibraryError) -> F {
      try library.function(name, as: type)
    }
    connectStart = try bind("PQconnectStartParams")
    connectPoll = try bind("PQconnectPoll")
    status = try bind("PQstatus")
    socket = try bind("PQsocket")
    errorMessage = try bind("PQerrorMessage")
    setErrorVerbosity = try bind("PQsetErrorVerbosity")
    setNoticeProcessor = try bind("PQsetNoticeProcessor")
    setNonBlocking = try bind("PQsetnonblocking")
    serverVersion = try bind("PQserverVersion")
    parameterStatus = try bind("PQparameterStatus")
    tlsAttribute = try bind("PQsslAttribute")
    finish = try bind("PQfinish")
    sendQuery = try bind("PQsendQuery")
    sendQueryParams = try bind("PQsendQueryParams")
    flush = try bind("PQflush")
    consumeInput = try bind("PQconsumeInput")
    isBusy = try bind("PQisBusy")
    getResult = try bind("PQgetResult")
    putCopyData = try bind("PQputCopyData")
    putCopyEnd = try bind("PQputCopyEnd")
    resultStatus = try bind("PQresultStatus")
    resultErrorField = try bind("PQresultErrorField")
    resultErrorMessage = try bind("PQresultErrorMessage")
    commandTag = try bind("PQcmdStatus")
    rowCount = try bind("PQntuples")
    columnCount = try bind("PQnfields")
    value = try bind("PQgetvalue")
    isNull = try bind("PQgetisnull")
    clear = try bind("PQclear")
    parseConninfo = try bind("PQconninfoParse")
    freeConninfo = try bind("PQconninfoFree")
    freeMemory = try bind("PQfreemem")
  }
}

/// Numbers of `libpq-fe.h` and `postgres_ext.h`; part of libpq's binary interface, so they never change.
enum LibpqCodes {
  // ConnStatusType
  static let connectionOK: UInt32 = 0
  static let connectionBad: UInt32 = 1
  // PostgresPollingStatusType
  static let pollingFailed: UInt32 = 0
  static let pollingReading: UInt32 = 1
  static let pollingOK: UInt32 = 3
  // ExecStatusType
  static let commandOK: UInt32 = 1
  static let tuplesOK: UInt32 = 2
  static let copyIn: UInt32 = 4
  // PGVerbosity
  static let verbose: UInt32 = 2
  // PG_DIAG_…
  static let sqlState = Int32(UInt8(ascii: "C"))
  /// The severity in English, whatever the server's language.
  static let severity = Int32(UInt8(ascii: "V"))
  static let primaryMessage = Int32(UInt8(ascii: "M"))
  static let context = Int32(UInt8(ascii: "W"))
  static let constraintName = Int32(UInt8(ascii: "n"))
}
