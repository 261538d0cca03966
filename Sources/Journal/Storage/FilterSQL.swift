import MissionCore
import SQLite

/// A `MissionFilter` as a condition on the columns of `missions`, with its values apart.
struct FilterSQL {
  private enum Value {
    case integer(Int64)
    case text(String)
    case mission(MissionID)
  }

  /// Conditions joined by AND; `1` when everything is chosen.
  private(set) var condition = "1"
  private var values: [Value] = []

  init(_ filter: MissionFilter) {
    if !filter.statuses.isEmpty { require(Self.condition(of: filter.statuses)) }
    if !filter.sources.isEmpty {
      require("source IN (\(filter.sources.map { _ in "?" }.joined(separator: ",")))")
      values += filter.sources.map { .text($0) }
    }
    if let from = filter.from { require("date_start >= ?", .integer(Int64(from.daysSinceEpoch))) }
    if let to = filter.to { require("date_end <= ?", .integer(Int64(to.daysSinceEpoch))) }
    if let type = filter.mediaType { require("media_type = ?", .integer(type.stored)) }
    for language in filter.languages {
      require("instr(',' || languages || ',', ?) > 0", .text(",\(language.lowercased()),"))
    }
    if !filter.codes.isEmpty {
      require("error_code IN (\(filter.codes.map { "\($0.stored)" }.joined(separator: ",")))")
    }
    if filter.hasFailed { require("error_code IS NOT NULL") }
    if filter.isSuspicious { require("suspicious IS NOT NULL") }
    if let run = filter.runID { require("run = (SELECT number FROM runs WHERE id = ?)", .text(run)) }
    if let shard = filter.shard {
      // Both are bound as bit patterns, so that every UInt64 passes.
      require("\(Self.shardFunction)(id, ?) = ?", .integer(Int64(bitPattern: shard.count)))
      values.append(.integer(Int64(bitPattern: shard.index)))
    }
    if let schedules = filter.schedules {
      require("schedule IN (\(schedules.map { _ in "?" }.joined(separator: ",")))")
      values += schedules.map { .text($0) }
    }
    if !filter.ids.isEmpty {
      require("id IN (\(filter.ids.map { _ in "?" }.joined(separator: ",")))")
      values += filter.ids.map { .mission($0) }
    }
  }

  /// Binds the values from parameter `first` on; answers the parameter after the last.
  func bind(to statement: SQLiteStatement, from first: Int32 = 1) throws -> Int32 {
    var index = first
    for value in values {
      switch value {
      case .integer(let integer): try statement.bind(integer, at: index)
      case .text(let text): try statement.bind(text, at: index)
      case .mission(let id): try statement.bind(id, at: index)
      }
      index += 1
    }
    return index
  }

  /// So that SQLite sees that an index of one status, or of all that are not DONE, will do.
  private static func condition(of statuses: [MissionStatus]) -> String {
    let numbers = statuses.map { "\($0.stored)" }.joined(separator: ",")
    let choice = statuses.count == 1 ? "status = \(numbers)" : "status IN (\(numbers))"
    return statuses.contains(.done) ? choice : "\(Schema.isNotDone) AND \(choice)"
  }

  /// Run order (SPEC 4) as an ORDER BY list.
  static func order(_ order: MissionOrder) -> String {
    order == .oldest ? "priority DESC, date_start, id" : "priority DESC, date_start DESC, id"
  }

  private static let shardFunction = "mission_shard"

  /// Makes the filter's own function known; once for each connection that filters.
  static func install(on connection: SQLiteConnection) throws {
    try connection.addFunction(shardFunction, argumentCount: 2) { arguments in
      let high = arguments.withBlob(0) { bytes in
        bytes.count < 8 ? 0 : UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
      }
      let count = UInt64(bitPattern: arguments.integer(1))
      return count == 0 ? 0 : Int64(bitPattern: high % count)
    }
  }

  private mutating func require(_ sql: String, _ value: Value? = nil) {
    condition += " AND " + sql
    if let value { values.append(value) }
  }
}
