import Synchronization

/// The rules in force, shared by both sides and replaced while they run.
///
/// A script is a JSON array of rules, or one rule a line:
///
/// ```
/// {"match": {"request": "POST /scrape", "worker": "worker-1", "nth": 3}, "do": {"status": 503, "retry_after": 2}}
/// {"match": {"request": "GET /scrape/*", "job_status": "completed", "date": "2025-01-05"}, "do": {"half_body": true}}
/// {"match": {"request": "PUT object"}, "do": {"s3_error": "SlowDown"}, "times": 2}
/// ```
///
/// - `match` (absent: every request): `request` (a name of `RequestKind`, a method, or with `*` for the job
///   id), `worker`, `proxy` (its session's), `date` (the mission's first day; on the S3 side a part of the key), `media_type`,
///   `languages`, `attempt` (which start of its mission the job is), `job_status` and `session_status` (what
///   would be answered), `running` (so many jobs or more run on the worker already, at `POST /scrape`), `bucket`, `key` (a
///   part of it), `nth` and `every` (counted among the requests that match otherwise).
/// - `do`: `status`, `retry_after`, `redirect`, `s3_error`, `body`, `body_hex`, `headers`, `without`,
///   `no_etag`, `clock_offset`; `reset`, `half_body`, `stall`, `truncate_json`, `wrong_length`, `delay`,
///   `drip`, `fill` (so many bytes after the body, or `endless`), `filler` (what they are, before `fill`),
///   `fill_head` (a header field without end); `job_status`, `session_status`, `job_id`, `session_id`, `ads_count`, `ads`, `data`, `job_time`,
///   `session_time`, `forget`; `perform`. `Fault` says what they mean.
/// - `times`: how often the rule applies; absent: always.
///
/// The first rule that applies decides; each request is shown to the rules once. On the S3 side that is
/// when its head has arrived, so `{"reset": true, "perform": false}` cuts an upload off.
final class FaultScript: Sendable {
  private let rules: Mutex<[FaultRule]>
  // Read before the lock is taken, so that a simulator without rules pays nothing.
  private let isActive: Atomic<Bool>

  init(_ rules: [FaultRule] = []) {
    isActive = Atomic(!rules.isEmpty)
    self.rules = Mutex(rules)
  }

  func replace(_ replacement: [FaultRule]) {
    rules.withLock { $0 = replacement }
    isActive.store(!replacement.isEmpty, ordering: .releasing)
  }

  func fault(for facts: RequestFacts) -> Fault? {
    guard isActive.load(ordering: .acquiring) else { return nil }
    return rules.withLock { rules in
      for index in rules.indices where rules[index].applies(to: facts) { return rules[index].fault }
      return nil
    }
  }

  /// Reads a JSON array of rules, or one rule a line (empty lines and lines that begin with `#` are skipped).
  static func parse(_ bytes: [UInt8]) throws(ScriptProblem) -> [FaultRule] {
    let first = bytes.first { !$0.isBlank }
    guard first != nil else { return [] }
    if first == UInt8(ascii: "[") {
      let document = try parse(document: bytes, place: "script")
      return try rules(document.elements ?? [], place: "rule")
    }
    var values: [FaultRule] = []
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      guard let start = line.first(where: { !$0.isBlank }), start != UInt8(ascii: "#") else { continue }
      let value = try parse(document: Array(line), place: "line \(index + 1)")
      values += try rules([value], place: "line", first: index + 1)
    }
    return values
  }

  private static func parse(document: [UInt8], place: String) throws(ScriptProblem) -> JSONValue {
    do throws(JSONParser.Problem) { return try JSONParser.parse(document) } catch {
      throw ScriptProblem("\(place): \(error)")
    }
  }

  private static func rules(_ values: [JSONValue], place: String, first: Int = 1) throws(ScriptProblem)
    -> [FaultRule]
  {
    var rules: [FaultRule] = []
    for (index, value) in values.enumerated() {
      do throws(ScriptProblem) { rules.append(try FaultRule(value)) } catch {
        throw ScriptProblem("\(place) \(first + index): \(error)")
      }
    }
    return rules
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 32 || self == 9 || self == 10 || self == 13 }
}
