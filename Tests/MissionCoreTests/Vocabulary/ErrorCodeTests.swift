import Testing

@testable import MissionCore

@Suite("codes, statuses and marks against the specification's tables", .timeLimit(.minutes(5)))
struct ErrorCodeTests {
  /// SPEC 8: code, checkpoint, what happens, the code once retries are used up.
  static let table: [(String, Checkpoint?, Bool, String?, Bool)] = [
    ("ERROR100", .scrape, true, "ERROR203", false), ("ERROR101", .scrape, true, "ERROR104", false),
    ("ERROR102", .scrape, true, "ERROR104", false), ("ERROR103", .scrape, true, "ERROR104", false),
    ("ERROR104", .scrape, false, nil, false), ("ERROR200", .scrape, true, "ERROR203", false),
    ("ERROR201", .scrape, true, "ERROR203", false), ("ERROR202", .scrape, true, "ERROR203", false),
    ("ERROR203", .scrape, false, nil, false), ("ERROR204", .scrape, false, nil, false),
    ("ERROR205", .scrape, false, nil, false), ("ERROR300", .db, true, "ERROR304", false),
    ("ERROR301", .db, false, nil, true), ("ERROR302", .db, true, "ERROR304", false),
    ("ERROR303", .db, false, nil, false), ("ERROR304", .db, false, nil, false),
    ("ERROR400", .s3, false, nil, false), ("ERROR401", .s3, false, nil, true),
    ("ERROR402", .s3, false, nil, true),
    ("ERROR403", .s3, false, nil, false), ("ERROR404", .s3, false, nil, false),
    ("ERROR405", .s3, false, nil, false),
    ("ERROR500", nil, false, nil, false),
    ("ERROR501", .scrape, false, nil, false), ("ERROR502", .scrape, false, nil, false),
  ]

  @Test("every code has the checkpoint, the retry, the final code and the breaker of SPEC 8")
  func codes() throws {
    #expect(ErrorCode.allCases.map(\.rawValue) == Self.table.map(\.0))
    for (text, checkpoint, isRetried, usedUp, breaks) in Self.table {
      let code = try #require(ErrorCode(rawValue: text))
      #expect(code.checkpoint == checkpoint, "\(text)")
      #expect(code.isRetried == isRetried, "\(text)")
      #expect(code.whenRetriesAreUsedUp?.rawValue == usedUp, "\(text)")
      #expect(code.opensBreaker == breaks, "\(text)")
      #expect(!code.meaning.isEmpty && !code.meaning.plain.hasSuffix("."))
    }
    #expect(Set(ErrorCode.allCases.map(\.meaning)).count == ErrorCode.allCases.count)
    #expect(
      ErrorCode.allCases.filter(\.needsPerson).map(\.rawValue) == ["ERROR204", "ERROR205", "ERROR405"])
    #expect(ErrorCode.allCases.allSatisfy { !$0.needsPerson || !$0.isOfSurroundings })
  }

  @Test("events, statuses, media types and checkpoints have the specification's words")
  func words() {
    #expect(
      EventKind.allCases.map(\.rawValue) == [
        "IMPORTED", "QUEUED", "STARTED", "SESSION_CREATING", "SESSION_CREATED", "SESSION_READY",
        "SESSION_REUSED",
        "SCRAPE_STARTING", "SCRAPE_STARTED", "JOB_ADOPTED", "SCRAPE_COMPLETED", "SCRAPE_ERROR",
        "DB_COMPLETED",
        "DB_ERROR", "S3_COMPLETED", "S3_ERROR", "RETRY_QUEUED", "RESUMED", "COMPLETED", "FAILED", "CANCELLED",
        "RERUN_QUEUED", "RECOVERED", "SUSPICIOUS", "ACCEPTED",
      ])
    #expect(
      MissionStatus.allCases.map(\.rawValue) == [
        "PENDING", "QUEUED", "RUNNING", "DONE", "FAILED", "CANCELLED",
      ])
    #expect(MissionStatus.allCases.filter(\.isFinished) == [.done, .failed, .cancelled])
    #expect(MediaType.allCases.map(\.rawValue) == ["all", "video", "image"])
    #expect(Checkpoint.allCases.map(\.rawValue) == ["SCRAPE", "DB", "S3"])
    #expect(Checkpoint.allCases.sorted() == [.scrape, .db, .s3])
  }

  @Test("checkpoints before the one reached are done, those behind pending, it shows the mission's status")
  func marks() {
    let own: [(MissionStatus, CheckpointMark)] = [
      (.pending, .pending), (.queued, .pending), (.running, .running), (.failed, .failed),
      (.cancelled, .pending),
    ]
    for reached in Checkpoint.allCases {
      for (status, mark) in own {
        var record = Sample.record(reached)
        record.status = status
        for checkpoint in Checkpoint.allCases {
          let expected = checkpoint < reached ? CheckpointMark.done : checkpoint > reached ? .pending : mark
          #expect(record.mark(of: checkpoint) == expected, "\(checkpoint) at \(reached), \(status)")
        }
      }
    }
    for checkpoint in Checkpoint.allCases {
      #expect(checkpoint.mark(reached: .s3, status: .done) == .done)
    }
  }

  @Test("attempts are 1 + retry_count; what is left of a selection is what has not ended")
  func counts() {
    #expect(Sample.record(retryCount: 0).attempts == 1)
    #expect(Sample.record(retryCount: 2).attempts == 3)
    var counts = RunCounts()
    (counts.selected, counts.done, counts.failed, counts.cancelled) = (10, 4, 2, 1)
    #expect(counts.left == 3)
    var statuses = StatusCounts()
    for (index, status) in MissionStatus.allCases.enumerated() { statuses[status] = index + 1 }
    #expect(MissionStatus.allCases.map { statuses[$0] } == [1, 2, 3, 4, 5, 6])
    #expect(statuses.total == 21)
  }
}

@Suite(.timeLimit(.minutes(5))) struct MissionFilterTests {
  private func takes(_ change: (inout MissionFilter) -> Void) -> Bool {
    var filter = MissionFilter()
    change(&filter)
    let parameters = MissionParameters(
      dateStart: CalendarDay("2025-01-10")!, dateEnd: CalendarDay("2025-01-20")!, mediaType: .video,
      languages: ["pt", "eng"])
    return filter.takes(parameters, id: Sample.id)
  }

  @Test("missions that lie wholly inside the range, both ends included")
  func range() {
    #expect(takes { _ in })
    #expect(takes { $0.from = CalendarDay("2025-01-10") })
    #expect(!takes { $0.from = CalendarDay("2025-01-11") })
    #expect(takes { $0.to = CalendarDay("2025-01-20") })
    #expect(!takes { $0.to = CalendarDay("2025-01-19") })
  }

  @Test("media type, all the named languages, ids and shard")
  func others() {
    #expect(takes { $0.mediaType = .video } && !takes { $0.mediaType = .all })
    #expect(takes { $0.languages = ["pt"] } && takes { $0.languages = ["eng", "pt"] })
    #expect(!takes { $0.languages = ["pt", "es"] })
    #expect(takes { $0.ids = [MissionID(high: 1, low: 1), Sample.id] })
    #expect(!takes { $0.ids = [MissionID(high: 1, low: 1)] })
    let own = Sample.id.high % 5
    #expect(takes { $0.shard = .init(index: own, count: 5) })
    #expect(!takes { $0.shard = .init(index: (own + 1) % 5, count: 5) })
  }
}
