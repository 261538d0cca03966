import Foundation

/// What a JSON document must look like: exactly these members, of these types.
indirect enum Shape: Sendable {
  case string
  case int
  case number
  case bool
  case time
  case day
  case id
  case any
  case oneOf([String])
  case optional(Shape)
  case array(Shape)
  case object([String: Shape])

  /// What is wrong, each with its path; nothing when the document fits.
  func problems(_ json: JSON, at path: String = "$") -> [String] {
    switch self {
    case .any: return []
    case .optional(let shape): return json == .null ? [] : shape.problems(json, at: path)
    case .array(let shape):
      guard case .array(let elements) = json else { return ["\(path) is no array"] }
      return elements.enumerated().flatMap { shape.problems($1, at: "\(path)[\($0)]") }
    case .object(let shapes):
      guard case .object(let members) = json else { return ["\(path) is no object"] }
      let extra = members.keys.filter { shapes[$0] == nil }.map { "\(path).\($0) is not in the contract" }
      return extra.sorted()
        + shapes.sorted { $0.key < $1.key }.flatMap { name, shape in
          members[name] == nil
            ? ["\(path).\(name) is missing"] : shape.problems(json[name], at: "\(path).\(name)")
        }
    default: return fits(json) ? [] : ["\(path) is not \(self): \(json)"]
    }
  }

  private func fits(_ json: JSON) -> Bool {
    switch self {
    case .string: return json.string != nil
    case .int: return json.int != nil
    case .number: return json.double != nil
    case .bool: return json.bool != nil
    case .time: return matches(json, #"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"#)
    case .day: return matches(json, #"^\d{4}-\d\d-\d\d$"#)
    case .id: return matches(json, "^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
    case .oneOf(let words): return json.string.map(words.contains) ?? false
    default: return false
    }
  }

  private func matches(_ json: JSON, _ pattern: String) -> Bool {
    json.string?.range(of: pattern, options: .regularExpression) != nil
  }
}

// The documents of SPEC 4 and 11.
extension Shape {
  private static let mark = Shape.oneOf(["pending", "running", "done", "failed"])

  /// Missions by the days that they cover.
  private static let spans = Shape.object([
    "missions": .int, "days": .array(.object(["from": .day, "to": .day])), "more": .int,
  ])

  private static let missionMembers: [String: Shape] = [
    "id": .id, "source": .string, "date_start": .day, "date_end": .day,
    "media_type": .optional(.oneOf(["all", "video", "image"])), "languages": .array(.string),
    "parameters": .any,
    "status": .oneOf(["PENDING", "QUEUED", "RUNNING", "DONE", "FAILED", "CANCELLED"]),
    "checkpoint": .oneOf(["SCRAPE", "DB", "S3"]),
    "checkpoints": .object(["scrape": mark, "db": mark, "s3": mark]), "ads_count": .optional(.int),
    "error_code": .optional(.string), "error_cause": .optional(.string), "error_message": .optional(.string),
    "worker": .optional(.string), "job_id": .optional(.string), "proxy": .optional(.string),
    "retry_count": .int, "created_at": .time, "queued_at": .optional(.time), "started_at": .optional(.time),
    "finished_at": .optional(.time), "size": .optional(.int), "sha256": .optional(.string),
    "s3_key": .optional(.string), "s3_etag": .optional(.string), "s3_sha256": .optional(.string),
    "phase": .optional(.oneOf(["assigned", "extracting", "storing"])),
    "kept_files": .array(
      .object(["name": .string, "size": .int, "sha256": .string, "key": .optional(.string)])),
    "suspicious": .optional(
      .object(["kind": .oneOf(["empty", "thin"]), "expected": .int, "got": .int, "looks": .int])),
  ]

  private static func mission(and more: [String: Shape] = [:]) -> Shape {
    .object(missionMembers.merging(more) { $1 })
  }

  private static let tally = Shape.object([
    "total": .int, "pending": .int, "queued": .int, "running": .int, "done": .int, "failed": .int,
    "cancelled": .int,
  ])

  static let list = Shape.object([
    "schema_version": .int, "missions": .array(mission()), "total": .int, "limit": .int, "offset": .int,
    "summary": tally,
  ])

  static let show = mission(and: [
    "events": .array(
      .object(["at": .time, "run_id": .optional(.string), "event": .string, "details": .any]))
  ])

  static let status = Shape.object([
    "schema_version": .int, "is_running": .bool, "run_id": .optional(.string),
    "workers": .array(
      .object([
        "name": .string, "status": .oneOf(["idle", "running"]), "missions": .array(mission()),
        "at_once": .optional(.object(["limit": .int, "capacity": .int, "reason": .string])),
      ])),
    "queue": .object(["total": .int]), "counts": tally,
    "today": .object(["done": .int, "failed": .int]), "rate_per_second": .optional(.number),
    "eta_seconds": .optional(.number),
    "last_run": .optional(
      .object([
        "run_id": .string, "started_at": .time, "finished_at": .optional(.time),
        "seconds": .optional(.number), "exit_code": .optional(.int),
        "ended": .oneOf(["finished", "stopped", "time_up", "killed", "failed"]), "selected": .int,
        "done": .int, "failed": .int, "left": .int,
      ])),
    "backfill": .object(["done": .int, "total": .int]),
    "sessions": .array(
      .object([
        "worker": .string, "session_id": .string, "proxy": .optional(.string), "served": .int,
        "opened_at": .time,
      ])),
    "proxies": .array(
      .object([
        "server": .string, "active": .bool, "failures": .int, "last_used_at": .optional(.time),
        "resting": .optional(.string),
      ])),
  ])

  static let plan = Shape.object([
    "schema_version": .int, "selected": .int, "resumed": .object(["scrape": .int, "db": .int, "s3": .int]),
    "skipped": .object(["done": .int, "failed": .int, "cancelled": .int, "not_selected": .int]),
    "rejected_rows": .int, "duplicates": .int, "from": .optional(.day), "to": .optional(.day),
    "gaps": .array(
      .object(["from": .day, "to": .day, "media_type": .string, "languages": .array(.string)])),
    "sessions": .int, "unlisted": .int, "failed_earlier": .int, "refused_files": .int,
    "recovered": .optional(.int), "seconds": .optional(.number),
  ])

  static let verify = Shape.object([
    "schema_version": .int,
    "differences": .array(
      .object([
        "mission": .optional(.id), "date_start": .optional(.day), "part": .oneOf(["destination", "store"]),
        "kind": .oneOf(["missing", "altered", "extra"]), "key": .optional(.string), "message": .string,
      ])),
    "counts": .object([
      "missions": .int, "missing": .int, "altered": .int, "extra": .int, "pruned": .int, "not_compared": .int,
    ]),
    "repair": .optional(.object(["mended": .int, "put_back": .int, "failed": .int])),
  ])

  static let coverage = Shape.object([
    "schema_version": .int, "from": .optional(.day), "to": .optional(.day),
    "slices": .array(
      .object([
        "source": .string, "media_type": .optional(.oneOf(["all", "video", "image"])),
        "languages": .array(.string), "parameters": .any,
        "ranges": .array(.object(["from": .day, "to": .day, "state": .oneOf(dayStates)])),
      ])),
    "counts": .object(Dictionary(uniqueKeysWithValues: dayStates.map { ($0, Shape.int) })),
  ])

  private static let dayStates = [
    "done", "empty", "suspicious", "failed", "cancelled", "pending", "running", "missing", "lost",
  ]

  private static let named = Shape.object(["name": .string, "count": .int])

  private static let share = Shape.object([
    "name": .string, "done": .int, "failed": .int, "ads": .int, "bytes": .int,
  ])

  static let report = Shape.object([
    "schema_version": .int, "run_id": .string, "started_at": .time, "finished_at": .optional(.time),
    "exit_code": .optional(.int),
    "ended": .optional(.oneOf(["finished", "stopped", "time_up", "killed", "failed"])),
    "resumable": .bool,
    "missions_omitted": .int,
    "shard": .optional(.object(["index": .int, "count": .int])), "journal_id": .optional(.string),
    "cumulative": .optional(
      .object([
        "total": .int, "pending": .int, "queued": .int, "running": .int, "done": .int, "failed": .int,
        "cancelled": .int,
      ])),
    "summary": .object([
      "seconds": .number, "bytes": .int, "duplicates": .int, "input_errors": .int,
      "input_error_lines": .array(.string), "input_errors_said": .array(.any), "command": .string,
      "limit": .optional(.int),
      "unlisted": .int, "failed_earlier_missions": .array(mission(and: [:])),
      "divided": .array(
        .object(["source": .string, "key": .string, "whole": .string, "part": .string])),
      "next": .array(
        .object([
          "kind": .string, "command": .string, "missions": .int, "part": .int, "blocked": .bool,
        ])),
      "checkpoints": .array(
        .object(["checkpoint": .string, "p50_seconds": .number, "p95_seconds": .number])),
      "workers": .array(share), "proxies": .array(share),
      "failures": .array(
        .object([
          "code": .string, "count": .int, "example": .string, "cause": .optional(.string),
          "message": .string, "said": .any,
          "messages": .array(.object(["text": .string, "count": .int, "said": .any])),
          "is_whole_code": .bool,
        ])),
      "retries": .optional(
        .object([
          "count": .int, "seconds_lost": .number, "job_seconds": .number, "share_lost": .optional(.number),
          "codes": .array(named), "workers": .array(named), "proxies": .array(named),
          "attempts": .array(
            .object([
              "code": .string, "worker": .optional(.string), "proxy": .optional(.string), "count": .int,
            ])),
        ])),
      "backfill": .optional(.object(["failed": spans, "suspicious": spans])),
      "suspicious": .object([
        "count": .int, "done": .int, "is_whole": .bool, "missions": .array(mission(and: [:])),
      ]),
    ]),
    "counts": .object([
      "selected": .int, "done": .int, "failed": .int, "cancelled": .int, "left": .int, "skipped": .int,
      "rejected_rows": .int, "failed_earlier": .int, "recovered": .int,
    ]),
    "ads": .int,
    "missions": .array(
      mission(and: [
        "attempts": .int,
        "durations": .object([
          "scrape": .optional(.number), "db": .optional(.number), "s3": .optional(.number),
        ]),
      ])),
  ])
}
