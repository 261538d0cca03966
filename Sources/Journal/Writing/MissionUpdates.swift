import MissionCore
import SQLite

/// Changes rows of missions. Changes that follow each other on a mission's way are put together, so that its row, its page
/// and its indexes are written once for all of them.
final class MissionUpdates {
  private let connection: SQLiteConnection
  /// By the changes that are put together.
  private var statements: [[MissionUpdate]: SQLiteStatement] = [:]
  private var number: Int64 = 0
  private var waiting: [MissionUpdate] = []
  private var values: [StoredValue] = []

  init(_ connection: SQLiteConnection) throws {
    self.connection = connection
    for update in MissionUpdate.allCases { _ = try statement([update]) }
  }

  /// At the latest `finish` writes it.
  func add(_ update: MissionUpdate, to number: Int64, _ values: [StoredValue] = []) throws {
    if let last = waiting.last, number != self.number || !update.mayJoin(last) { try finish() }
    self.number = number
    waiting.append(update)
    self.values += values
  }

  /// Alone, at once.
  func write(_ update: MissionUpdate, to number: Int64, _ values: [StoredValue] = []) throws {
    try finish()
    try add(update, to: number, values)
    try finish()
  }

  func finish() throws {
    guard !waiting.isEmpty else { return }
    let statement = try statement(waiting)
    try statement.bind(number, at: 1)
    for (index, value) in values.enumerated() { try statement.bind(value, at: Int32(index + 2)) }
    try statement.run()
    guard connection.changes == 1 else {
      throw JournalError.internalFailure(
        reason: "\(waiting) changed \(connection.changes) missions instead of one")
    }
    forget()
  }

  /// After a rollback.
  func forget() {
    waiting.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  private func statement(_ updates: [MissionUpdate]) throws -> SQLiteStatement {
    if let known = statements[updates] { return known }
    let statement = try connection.prepare(
      "UPDATE missions SET \(MissionAssignment.text(of: updates)) WHERE number = ?1", isPersistent: true)
    statements[updates] = statement
    return statement
  }
}

/// What one column becomes.
struct MissionAssignment {
  let column: String
  var value: String

  /// Of updates that are put together the later one counts, as it would if it came after; `?2` and on are the first one's
  /// values, then the next one's.
  static func text(of updates: [MissionUpdate]) -> String {
    var together: [MissionAssignment] = []
    var valuesBefore = 0
    for update in updates {
      for var assignment in list(update.assignments) {
        assignment.value = shifted(assignment.value, by: valuesBefore)
        together.removeAll { $0.column == assignment.column }
        together.append(assignment)
      }
      valuesBefore += update.valueCount
    }
    return together.map { "\($0.column) = \($0.value)" }.joined(separator: ", ")
  }

  /// `a = f(x, y), b = 1` as its parts.
  private static func list(_ text: String) -> [MissionAssignment] {
    var parts: [[Character]] = [[]]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 { parts.append([]) } else { parts[parts.count - 1].append(character) }
    }
    return parts.map { part in
      let text = String(part)
      let equals = text.firstIndex(of: "=") ?? text.endIndex
      return MissionAssignment(
        column: String(text[..<equals].filter { $0 != " " }),
        value: String(text[equals...].dropFirst().drop { $0 == " " }))
    }
  }

  private static func shifted(_ value: String, by count: Int) -> String {
    guard count > 0 else { return value }
    var pieces = value.split(separator: "?", omittingEmptySubsequences: false).map(String.init)
    for index in pieces.indices.dropFirst() {
      let digits = pieces[index].prefix { $0.isNumber }
      pieces[index] = "\((Int(digits) ?? 0) + count)\(pieces[index].dropFirst(digits.count))"
    }
    return pieces.joined(separator: "?")
  }
}

extension MissionUpdate {
  /// Whether it may be written together with what it follows: no value of it depends on what that one changes.
  func mayJoin(_ last: MissionUpdate) -> Bool {
    switch self {
    case .scrapeStarting: return last == .started
    case .dbCompleted: return last == .scrapeCompleted
    case .s3Completed: return last == .dbCompleted
    default: return false
    }
  }

  /// Besides the mission's number.
  var valueCount: Int {
    let numbers = assignments.split(separator: "?").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
    return max(0, (numbers.max() ?? 1) - 1)
  }
}
