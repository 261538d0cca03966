import JSONStream
import MissionCore

/// The members of the results file around its missions and in them: the one place that knows its shape.
/// `StoredReport` reads it again.
enum ResultsJSON {
  /// Up to the bracket that opens the missions.
  static func begin(_ summary: RunSummary, _ json: inout JSONWriter) {
    head(summary, &json)
    json.key("missions")
    json.beginArray()
  }

  static func head(_ summary: RunSummary, _ json: inout JSONWriter) {
    let run = summary.run
    json.beginObject()
    json.add([
      "schema_version": 1,
      "run_id": summary.journal == nil ? run.id : nil,
      "started_at": run.startedAt.description,
      "finished_at": run.finishedAt?.description,
      "exit_code": summary.exitCode,
      "ended": summary.journal == nil ? summary.end?.rawValue : nil,
      "resumable": run.counts.left > 0,
      "counts": JSONMembers(run.counts.named),
      "ads": run.counts.ads,
      "shard": run.shard.map { ["index": Int($0.index), "count": Int($0.count)] as JSONMembers },
      "journal_id": summary.journalID,
      "cumulative": summary.cumulative.map(counts),
    ])
    if let merged = summary.merged { json.add(members(merged)) }
    if let scope = summary.journal {
      json.add(["from": scope.from?.description, "to": scope.to?.description])
    }
  }

  /// As `list` and `status` show them.
  private static func counts(_ counts: StatusCounts) -> JSONMembers {
    JSONMembers(
      [(name: "total", count: counts.total)]
        + MissionStatus.allCases.map { (name: $0.rawValue.lowercased(), count: counts[$0]) })
  }

  private static func members(_ survey: ShardSurvey) -> JSONMembers {
    [
      "shards": survey.parts.map { part in
        [
          "index": part.shard.map { Int($0.index) }, "count": part.shard.map { Int($0.count) },
          "journal_id": part.journalID, "path": part.path, "missions": part.missions,
        ] as JSONMembers
      },
      "missing": survey.missing, "overlapping": survey.overlapping,
    ]
  }

  static func add(_ mission: MissionRecord, _ json: inout JSONWriter) {
    MissionJSON.write(mission, to: &json) { json in
      json.add(["attempts": mission.attempts, "durations": MissionJSON.durations(mission)])
    }
  }

  /// Gives what is written and not drained yet, to the final newline behind the missions.
  static func end(_ summary: RunSummary, _ json: inout JSONWriter) -> [UInt8] {
    json.endArray()
    json.add(["missions_omitted": summary.omitted])
    json.key("summary")
    self.summary(summary, &json)
    json.endObject()
    return json.drain() + [UInt8(ascii: "\n")]
  }

  private static func summary(_ summary: RunSummary, _ json: inout JSONWriter) {
    let inputs = summary.inputs.lines.map { UntrustedText.message($0, limit: 400) }
    json.beginObject()
    json.add([
      "seconds": summary.wallSeconds,
      "bytes": summary.bytes,
      "duplicates": summary.inputs.duplicates,
      "input_errors": summary.inputs.count,
      "input_error_lines": inputs.map(\.plain),
      "input_errors_said": inputs.map(\.form),
    ])
    summary.advice?.write(to: &json)
    json.add([
      "checkpoints": summary.checkpoints.map(times),
      "workers": summary.workers.map(share),
      "proxies": summary.proxies.map(share),
      "failures": summary.failures.map(failures),
      "retries": summary.retries.map(retries),
      "suspicious": suspicious(summary.suspicious),
      "backfill": summary.backfill.map(backfill),
    ])
    json.endObject()
  }

  private static func retries(_ retries: Retries) -> JSONMembers {
    [
      "count": retries.count, "seconds_lost": retries.lostSeconds, "job_seconds": retries.jobSeconds,
      "share_lost": retries.lostShare, "codes": retries.codes.map(count),
      "workers": retries.workers.map(count),
      "proxies": retries.proxies.map(count),
      "attempts": retries.attempts.map {
        ["code": $0.code, "worker": $0.worker, "proxy": $0.proxy, "count": $0.count] as JSONMembers
      },
    ]
  }

  private static func count(_ count: Retries.Count) -> JSONMembers {
    ["name": count.name, "count": count.count]
  }

  private static func suspicious(_ found: SuspiciousResults) -> JSONMembers {
    [
      "count": found.count, "done": found.done, "is_whole": found.isWhole,
      "missions": found.missions.map(SuspiciousMission.init),
    ]
  }

  /// Beside `cumulative`, which has the counts.
  private static func backfill(_ backfill: BackfillStanding) -> JSONMembers {
    ["failed": spans(backfill.failed), "suspicious": spans(backfill.suspicious)]
  }

  private static func spans(_ spans: DaySpans) -> JSONMembers {
    [
      "missions": spans.missions,
      "days": spans.spans.map {
        ["from": $0.first.description, "to": $0.last.description] as JSONMembers
      },
      "more": spans.moreSpans,
    ]
  }

  private static func times(_ times: RunSummary.CheckpointTimes) -> JSONMembers {
    [
      "checkpoint": times.checkpoint.rawValue, "p50_seconds": times.p50Seconds,
      "p95_seconds": times.p95Seconds,
    ]
  }

  private static func share(_ share: RunSummary.Share) -> JSONMembers {
    [
      "name": share.name, "done": share.done, "failed": share.failed, "ads": share.ads, "bytes": share.bytes,
    ]
  }

  private static func message(_ message: RunSummary.Told) -> JSONMembers {
    ["text": message.text.plain, "count": message.count, "said": message.text.form]
  }

  private static func failures(_ group: RunSummary.Failures) -> JSONMembers {
    [
      "code": group.code.rawValue, "count": group.count, "example": group.example.description,
      "cause": group.cause?.rawValue, "message": group.message.plain,
      "said": group.message.form,
      "messages": group.messages.map(message),
      "is_whole_code": group.isWholeCode,
    ]
  }
}
