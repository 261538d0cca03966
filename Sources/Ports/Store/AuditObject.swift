import MissionCore

/// The name and the metadata of an object (SPEC 10): of a mission's audit object, or of a file that is kept beside it.
package struct AuditObject: Sendable {
  /// Not percent-encoded, but for what is in the name of a kept file.
  package let key: String
  package let contentType: String
  /// Names without `x-amz-meta-`.
  package let metadata: [(name: String, value: String)]
  /// Of the object's own bytes.
  package let bodySHA256: String
  package let mission: MissionID
  /// Of the scraped bytes; nil for a kept file.
  package let dataSHA256: String?

  /// `<prefix>/<date_start>/<mission_id>.json`.
  ///
  /// - Parameter prefix: the store's own, for missions whose source names none.
  package init(_ request: AuditRequest, prefix: String, bodySHA256: String) {
    let parameters = request.parameters
    key = Self.key(request.mission, parameters, prefix: request.prefix ?? prefix)
    contentType = "application/json"
    self.bodySHA256 = bodySHA256
    mission = request.mission
    dataSHA256 = request.sha256
    var metadata = Self.metadata(request.mission, request.runID, parameters)
    metadata += [
      ("ads-count", "\(request.result.adsCount)"), ("sha256", request.sha256), ("body-sha256", bodySHA256),
    ]
    if !parameters.values.isEmpty {
      metadata.append(("parameters", parameters.values.percentEncodedJSON))
    }
    self.metadata = metadata
  }

  /// `<prefix>/<date_start>/<mission_id>/<name>`.
  package init(_ request: KeptFileRequest, prefix: String) {
    key = Self.key(
      of: request.file, request.mission, request.parameters, prefix: request.prefix ?? prefix)
    contentType = Self.contentType(of: request.file.name)
    bodySHA256 = request.file.sha256
    mission = request.mission
    dataSHA256 = nil
    metadata =
      Self.metadata(request.mission, request.runID, request.parameters)
      + [("body-sha256", request.file.sha256)]
  }

  /// What a mission does not have is no metadata; the rest always has a value.
  private static func metadata(
    _ mission: MissionID, _ runID: String, _ parameters: MissionParameters
  ) -> [(name: String, value: String)] {
    [
      ("mission-id", "\(mission)"), ("run-id", runID), ("date-start", "\(parameters.dateStart)"),
      ("date-end", "\(parameters.dateEnd)"), ("media-type", parameters.mediaTypeText),
      ("languages", parameters.languageList),
    ].filter { !$0.1.isEmpty }
  }

  /// By the name's ending, for people who open the object; programs need none.
  private static func contentType(of name: String) -> String {
    switch name.split(separator: ".").last?.lowercased() {
    case "csv": return "text/csv"
    case "htm", "html": return "text/html"
    case "json": return "application/json"
    case "pdf": return "application/pdf"
    case "png": return "image/png"
    case "jpg", "jpeg": return "image/jpeg"
    case "txt", "log": return "text/plain"
    case "xml": return "application/xml"
    case "zip": return "application/zip"
    default: return "application/octet-stream"
    }
  }

  /// Of a mission's audit object.
  package static func key(_ mission: MissionID, _ parameters: MissionParameters, prefix: String) -> String {
    keyPrefix(prefix) + "\(parameters.dateStart)/\(mission).json"
  }

  /// The mission whose audit object has this key; nil where it is none's.
  package static func mission(ofKey key: String) -> MissionID? {
    key.hasSuffix(".json") ? MissionID(key.dropLast(".json".count).suffix(36)) : nil
  }

  /// Of a file that is kept beside it.
  package static func key(
    of file: KeptFile, _ mission: MissionID, _ parameters: MissionParameters, prefix: String
  ) -> String { keyPrefix(prefix) + "\(parameters.dateStart)/\(mission)/\(file.keyName)" }

  /// Without leading, final and doubled slashes, then one slash; nothing for an empty prefix.
  package static func keyPrefix(_ prefix: String) -> String {
    let cleaned = prefix.split(separator: "/").joined(separator: "/")
    return cleaned.isEmpty ? "" : cleaned + "/"
  }

  /// Whether an object that is there is this very one, written by us before.
  package func isSame(as found: FoundObject) -> Bool {
    guard found.missionID == "\(mission)", found.dataSHA256 == dataSHA256 else { return false }
    // Objects of earlier versions do not say what their bytes are; the scraped bytes make them.
    return found.bodySHA256.map { $0 == bodySHA256 } ?? (dataSHA256 != nil)
  }
}
