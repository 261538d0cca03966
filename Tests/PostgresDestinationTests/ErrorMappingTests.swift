import MissionCore
import Ports
import Testing

@testable import PostgresDestination

/// What each failure means, without a server.
@Suite(.timeLimit(.minutes(10))) struct ErrorMappingTests {
  private func mapped(
    _ state: String?, _ kind: LibpqError.Kind = .statement, answered: Bool = true, constraint: String? = nil
  )
    -> DestinationError
  {
    var error = LibpqError(
      kind, foreign: "what the server says", sqlState: state.flatMap { SQLState($0) })
    error.constraint = constraint
    return DestinationError(error, hasAnswered: answered, at: "ad at position 7")
  }

  @Test(
    "each SQLSTATE has the code of the contract",
    arguments: [
      ("28P01", ErrorCode.destinationRefused), ("28000", .destinationRefused), ("3D000", .destinationRefused),
      ("42501", .destinationRefused), ("57P04", .destinationRefused), ("08006", .destinationTimedOut),
      ("57P01", .destinationTimedOut), ("57P02", .destinationTimedOut), ("57P03", .destinationTimedOut),
      ("57014", .destinationTimedOut), ("57P05", .destinationTimedOut), ("53300", .destinationTimedOut),
      ("25006", .destinationTimedOut), ("25P03", .destinationTimedOut), ("53100", .destinationOther),
      ("53200", .destinationOther), ("58030", .destinationOther), ("XX000", .destinationOther),
      ("55000", .destinationOther), ("22P05", .destinationDoesNotFit), ("22021", .destinationDoesNotFit),
      ("22P02", .destinationDoesNotFit), ("22003", .destinationDoesNotFit), ("23502", .destinationDoesNotFit),
      ("23514", .destinationDoesNotFit), ("42703", .destinationDoesNotFit), ("42P01", .destinationDoesNotFit),
      ("3F000", .destinationDoesNotFit), ("54000", .destinationDoesNotFit), ("P0001", .destinationDoesNotFit),
      ("0A000", .destinationDoesNotFit),
    ])
  func states(state: String, code: ErrorCode) {
    let error = mapped(state)
    #expect(error.code == code)
    #expect(!error.severity.isTransient)
    #expect(error.message.plain.hasPrefix("ad at position 7: "))
    #expect(error.message.plain.hasSuffix("(SQLSTATE \(state))"))
  }

  @Test(
    "deadlock, serialization failure and locks are tried again inside the step",
    arguments: ["40P01", "40001", "55P03", "55006", "72000"])
  func again(state: String) {
    #expect(mapped(state).code == .destinationOther)
    #expect(mapped(state).severity.isTransient)
  }

  @Test("a repeated key of our own tables comes from another process; one of somebody's index does not fit")
  func repeatedKeys() {
    #expect(mapped("23505", constraint: "ads_pkey").severity.isTransient)
    #expect(mapped("23505", constraint: "missions_pkey").code == .destinationOther)
    #expect(mapped("23505", constraint: "their_index").code == .destinationDoesNotFit)
    #expect(!mapped("23505", constraint: "their_index").severity.isTransient)
  }

  @Test("who refuses before the first login is refused for the run, afterwards it is waited for")
  func answered() {
    for state in ["57P03", "08001", nil] {
      #expect(mapped(state, .notConnected, answered: false).code == .destinationRefused)
      #expect(mapped(state, .notConnected, answered: true).code == .destinationTimedOut)
    }
    #expect(mapped(nil, .timedOut, answered: false).code == .destinationTimedOut)
    #expect(mapped(nil, .lost).code == .destinationTimedOut)
  }

  @Test("the SQLSTATE of a refused login is found in libpq's text, whatever the server's language")
  func refusedLogin() {
    let text = """
      connection to server at "127.0.0.1", port 5432 failed: SCHWERWIEGEND:  28P01: Passwort-Authentifizierung
      LOCATION:  auth_failed, auth.c:335

      """
    let error = LibpqError.notConnected(text)
    #expect(error.sqlState == SQLState("28P01"))
    #expect(
      error.message.plain
        == #"connection to server at "127.0.0.1", port 5432 failed: SCHWERWIEGEND: Passwort-Authentifizierung"#
    )
    let refused = LibpqError.notConnected(
      "connection to server failed: Connection refused\n\tIs it running?\n")
    #expect(refused.sqlState == nil)
    #expect(refused.message.plain == "connection to server failed: Connection refused")
  }

  @Test("the row of a COPY is found in the error's context, whatever the server's language")
  func copyRow() {
    #expect(
      LibpqError.copyRow(inContext: "JSON data, line 1: {\"id\":99...\nCOPY ads, line 3, column data") == 3)
    #expect(LibpqError.copyRow(inContext: "COPY ads, linha 12, coluna data") == 12)
    #expect(LibpqError.copyRow(inContext: "SQL statement \"SELECT 1\"") == nil)
  }

  @Test("a server too old, a database with another encoding and a standby are told apart")
  func servers() {
    let old = PostgresServerLink.fault(version: 110_022, encoding: "UTF8", isInRecovery: false)
    #expect(old?.message == "the server is PostgreSQL 11.22, 12 or newer is required")
    #expect(PostgresServerLink.versionText(90_624) == "9.6")
    #expect(old?.severity == .fatal)
    let latin = PostgresServerLink.fault(version: 120_000, encoding: "LATIN1", isInRecovery: false)
    #expect(latin?.message.plain.contains("LATIN1") == true)
    let standby = PostgresServerLink.fault(version: 160_001, encoding: "UTF8", isInRecovery: true)
    #expect(standby?.code == .destinationTimedOut)
    #expect(PostgresServerLink.fault(version: 120_000, encoding: "UTF8", isInRecovery: false) == nil)
  }

  @Test("without libpq the error names the package")
  func libraryMissing() {
    let settings = PostgresSettings(connectionString: Secret("postgresql://me:canary@h/d"))
    #expect {
      try PostgresDestination(settings, libraries: ["libpq-that-is-not-there.so.5"])
    } throws: { error in
      let error = error as? DestinationError
      return error?.code == .destinationRefused
        && error?.message.plain.contains("install the package libpq5") == true
    }
  }

  @Test(
    "a connection string that libpq does not understand is refused without showing any of it",
    arguments: [
      "postgresql://me:canary@h/d?sslmod=require", "host=h password=canary word",
      "postgresql://me:canary%zz@h/d",
      "host=h canary=x",
    ])
  func conninfo(text: String) {
    #expect {
      try PostgresDestination(PostgresSettings(connectionString: Secret(text)))
    } throws: { error in !"\(error)".contains("canary") && "\(error)".contains("storage_db.connection_string")
    }
  }
}
