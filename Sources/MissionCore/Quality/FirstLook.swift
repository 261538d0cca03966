import JSONStream

/// A suspicious result whose bytes wait in the spool while its mission is scraped once more.
public struct FirstLook: Hashable, Sendable {
  public let result: ScrapedResult
  /// How long its scrape took.
  public let seconds: Double
  public let kind: Suspicion.Kind
  public let expected: Int
  /// Starts of the mission that do not count as the second look: it is under way, or was, once there are more.
  public var starts: Int
  /// Where it was scraped: the second look goes elsewhere where it can.
  public let lane: String
  public let session: SessionGrant?
  /// Before it the mission is not scraped again.
  public let dueAt: Timestamp

  public init(
    _ result: ScrapedResult, seconds: Double, kind: Suspicion.Kind, expected: Int, starts: Int, lane: String,
    session: SessionGrant?, dueAt: Timestamp
  ) {
    self.result = result
    self.seconds = seconds
    self.kind = kind
    self.expected = expected
    self.starts = starts
    self.lane = lane
    self.session = session
    self.dueAt = dueAt
  }
}

// As the journal keeps it: one JSON object.
extension FirstLook {
  package var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("ads_count")
    json.value(result.adsCount)
    json.key("size")
    json.value(result.size)
    json.key("sha256")
    json.value(result.sha256)
    json.key("milliseconds")
    json.value(Int64((seconds * 1000).rounded()))
    json.key("kind")
    json.value(kind.rawValue)
    json.key("expected")
    json.value(expected)
    json.key("starts")
    json.value(starts)
    json.key("worker")
    json.value(lane)
    json.key("session_id")
    json.value(session?.sessionID)
    json.key("proxy")
    json.value(session?.proxy)
    json.key("due_at")
    json.value(dueAt.milliseconds)
    json.key("kept_files")
    json.raw(result.keptFiles.json(withPlaces: true))
    json.endObject()
    return json.text
  }

  /// Reads what `json` wrote; nil for anything else, so that the mission is scraped as if nothing had been.
  package init?(json: String) {
    var text = json
    let found: FirstLook? = text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      // It is our own writing; of anything else nothing is taken.
      guard let members = try? JSONScanner.members(of: bytes) else { return nil }
      var (texts, numbers, files) = ([String: String](), [String: Int64](), [KeptFile]())
      for member in members {
        switch member.value.kind {
        case .string: texts[member.key] = JSONText.string(bytes, member.value.range)
        case .number: numbers[member.key] = JSONText.integer(bytes, member.value.range)
        case .array:
          files = [KeptFile](json: String(decoding: bytes[member.value.range], as: UTF8.self)) ?? []
        default: break
        }
      }
      guard let adsCount = numbers["ads_count"], let size = numbers["size"], let sha256 = texts["sha256"],
        let kind = texts["kind"].flatMap(Suspicion.Kind.init), let expected = numbers["expected"]
      else { return nil }
      let session = texts["session_id"].map {
        SessionGrant(sessionID: $0, proxy: texts["proxy"], isReused: false)
      }
      return FirstLook(
        ScrapedResult(adsCount: Int(adsCount), size: size, sha256: sha256, keptFiles: files),
        seconds: Double(numbers["milliseconds"] ?? 0) / 1000, kind: kind, expected: Int(expected),
        starts: Int(numbers["starts"] ?? 0), lane: texts["worker"] ?? "", session: session,
        dueAt: Timestamp(milliseconds: numbers["due_at"] ?? 0))
    }
    guard let found else { return nil }
    self = found
  }
}
