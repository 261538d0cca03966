import MissionCore
import Ports
import Testing

@testable import Verification

/// Of each part the first thing that is wrong counts.
@Suite("What is outside, compared with the journal", .timeLimit(.minutes(5)))
struct JudgementTests {
  private let record: MissionRecord = {
    let day = CalendarDay("2025-03-01")!
    var record = MissionRecord(
      id: MissionID(high: 1 << 60 | 0x8000, low: 1 << 63),
      parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
      status: .done, createdAt: Timestamp("2026-01-31T10:00:00.000Z")!)
    record.sha256 = "aa"
    record.adsCount = 20
    record.s3Size = 4096
    record.s3SHA256 = "bb"
    record.s3ETag = "\"e\""
    return record
  }()

  private func loaded(rows: Int = 20, of count: Int = 20, sha256: String = "aa") -> LoadedMission {
    LoadedMission(ledger: .init(adsCount: 20, rowsCount: count, sha256: sha256), rowsFound: rows)
  }

  @Test("the destination's ledger row, the number of rows and then the rows themselves are looked at")
  func destination() {
    let cases: [(LoadedMission?, RowsVerdict, Difference.Kind?)] = [
      (loaded(), .same, nil), (loaded(), .notCompared, nil), (nil, .notCompared, .missing),
      (LoadedMission(ledger: nil, rowsFound: 3), .notCompared, .missing),
      (loaded(sha256: "cc"), .same, .altered), (loaded(rows: 19), .same, .missing),
      (loaded(rows: 21), .same, .extra), (loaded(), .different("row 1"), .altered),
      (loaded(rows: 18, of: 18), .same, nil),
    ]
    for (found, rows, kind) in cases {
      let difference = Judgement.destination(record, found, rows: rows)
      #expect(difference?.kind == kind, "\(String(describing: found)) \(rows)")
      #expect(difference.map { $0.part == .destination && $0.mission == record.id } ?? true)
    }
  }

  @Test("an object is what its bytes are; without them its ETag tells")
  func store() {
    func found(
      _ size: Int64? = 4096, _ etag: String = "\"e\"", _ data: String? = "aa", read sha256: String? = nil
    ) -> FoundObject {
      FoundObject(etag: etag, size: size, sha256: sha256) { $0 == "sha256" ? data : nil }
    }
    let cases: [(FoundObject?, Difference.Kind?)] = [
      (found(), nil), (found(nil), nil), (nil, .missing), (found(4095), .altered),
      (found(4096, "x"), .altered),
      (found(4096, "x", read: "bb"), nil), (found(read: "cc"), .altered),
      (found(4096, "\"e\"", nil), .altered),
      (found(4096, "\"e\"", "cc"), .altered),
    ]
    for (object, kind) in cases {
      let difference = Judgement.store(record, object, key: "k.json")
      #expect(difference?.kind == kind, "\(String(describing: object))")
      #expect(difference.map { $0.part == .store && $0.key == "k.json" } ?? true)
    }
  }
}
