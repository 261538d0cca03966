import MissionCore
import Ports

/// Compares what is outside with what the journal says of a DONE mission; pure. Of each part the first thing that is
/// wrong counts.
enum Judgement {
  static func destination(
    _ record: MissionRecord, _ found: LoadedMission?, rows: RowsVerdict
  ) -> Difference? {
    func difference(_ kind: Difference.Kind, _ message: Message) -> Difference {
      Difference(
        part: .destination, kind: kind, mission: record.id, dateStart: record.parameters.dateStart,
        message: message)
    }
    guard let found else { return difference(.missing, "neither a ledger row nor ads") }
    guard let ledger = found.ledger else {
      return difference(.missing, "no ledger row; \(found.rowsFound) rows are there")
    }
    if ledger.sha256 != record.sha256 {
      return difference(.altered, "the ledger row has another sha256 than the journal")
    }
    if ledger.adsCount != record.adsCount {
      return difference(
        .altered, "the ledger row says \(ledger.adsCount) ads, the journal \(count(record.adsCount))")
    }
    if found.rowsFound < ledger.rowsCount {
      return difference(.missing, "\(ledger.rowsCount - found.rowsFound) of \(ledger.rowsCount) rows")
    }
    if found.rowsFound > ledger.rowsCount {
      return difference(
        .extra, "\(found.rowsFound - ledger.rowsCount) more rows than the \(ledger.rowsCount) loaded")
    }
    if case .different(let how) = rows {
      return difference(.altered, "the rows are not what was loaded: \(how)")
    }
    return nil
  }

  static func store(_ record: MissionRecord, _ found: FoundObject?, key: String) -> Difference? {
    func difference(_ kind: Difference.Kind, _ message: Message) -> Difference {
      Difference(
        part: .store, kind: kind, mission: record.id, dateStart: record.parameters.dateStart, key: key,
        message: message)
    }
    guard let found else { return difference(.missing, "\(key)") }
    if let size = found.size, size != record.s3Size {
      return difference(
        .altered, "\(key) has \(size) bytes, \(count(record.s3Size.map { Int($0) })) were written")
    }
    if let sha256 = found.sha256 {
      if sha256 != record.s3SHA256 {
        return difference(.altered, "\(key) holds other bytes than were written")
      }
    } else if found.etag != record.s3ETag {
      return difference(.altered, "\(key) has another ETag than it was given")
    }
    if found.dataSHA256 != record.sha256 {
      return difference(
        .altered,
        found.dataSHA256 == nil
          ? "\(key) has no x-amz-meta-sha256" : "\(key) has another x-amz-meta-sha256 than the journal")
    }
    return nil
  }

  /// Of a file that is kept beside the audit object.
  static func keptFile(
    _ record: MissionRecord, _ file: KeptFile, _ found: FoundObject?, key: String
  ) -> Difference? {
    func difference(_ kind: Difference.Kind, _ message: Message) -> Difference {
      Difference(
        part: .store, kind: kind, mission: record.id, dateStart: record.parameters.dateStart, key: key,
        isOfKeptFile: true, message: message)
    }
    guard let found else { return difference(.missing, "\(key)") }
    if let size = found.size, size != file.size {
      return difference(.altered, "\(key) has \(size) bytes, \(file.size) were written")
    }
    guard let sha256 = found.sha256 ?? found.bodySHA256 else {
      return difference(.altered, "\(key) has no x-amz-meta-body-sha256")
    }
    return sha256 == file.sha256 ? nil : difference(.altered, "\(key) holds other bytes than were written")
  }

  private static func count(_ number: Int?) -> Message { number.map { "\($0)" } ?? "none" }
}
