import MissionCore
import Ports
import Records

/// Has the server compare a mission's rows with those that a result's bytes make: as `jsonb`, since it keeps values and
/// not bytes. What is compared at once is bounded; transactions are the caller's.
final class PostgresComparison {
  private let session: PostgresSession
  private let table: TableName
  private var words: RowDifference { RowDifference(in: table) }
  private let mission: MissionID
  /// Ids, places and records of the rows that are sent next, three values each.
  private var values: [String] = []
  private var size = 0

  private static let rowsAtOnce = 256
  private static let bytesAtOnce = 1 << 20

  /// - Parameter table: is there.
  init(_ session: PostgresSession, _ table: TableName, _ mission: MissionID) {
    self.session = session
    self.table = table
    self.mission = mission
  }

  /// Nil when there are as many rows as the plan has, each where and as it should be.
  func firstDifference(from plan: RowPlan, _ planned: PlannedBytes) throws(DestinationError) -> Message? {
    let found = try session.count(mission, in: table)
    guard found == plan.rows else { return words.count(found, of: plan.rows) }
    var difference: Message?
    try planned.rows(of: plan) { row throws(DestinationError) in
      guard difference == nil else { return }
      values += [
        row.id.text(in: planned.bytes), "\(row.position)",
        String(decoding: planned.bytes[row.data], as: UTF8.self),
      ]
      size += row.data.count
      if values.count >= 3 * Self.rowsAtOnce || size >= Self.bytesAtOnce { difference = try compare() }
    }
    if let difference { return difference }
    return try compare()
  }

  /// As text, the values are compared with the scale of their numbers: `1.10` is not `1.1`.
  private func compare() throws(DestinationError) -> Message? {
    guard !values.isEmpty else { return nil }
    let rows = stride(from: 2, to: values.count + 2, by: 3).map { "($\($0), $\($0 + 1), $\($0 + 2))" }
    let found = try session.query(
      """
      SELECT wanted.position, a.position FROM (
        SELECT id, position::bigint, data::jsonb FROM (VALUES \(rows.joined(separator: ", ")))
        AS texts(id, position, data)) AS wanted
      LEFT JOIN \(session.schema.table(table)) a
        ON a.mission_id = $1::uuid AND a.\(table.idColumn) = wanted.id COLLATE "C"
      WHERE a.\(table.idColumn) IS NULL OR a.position <> wanted.position OR a.data::text IS DISTINCT FROM wanted.data::text
      ORDER BY wanted.position LIMIT 1
      """, [mission.description] + values)
    values.removeAll(keepingCapacity: true)
    size = 0
    guard let row = found.first, let position = row[0].flatMap({ Int($0) }) else { return nil }
    guard let place = row[1].flatMap({ Int($0) }) else { return words.missing(position) }
    return place == position ? words.altered(position) : words.moved(position, to: place)
  }
}
