import MissionCore

/// The name and the metadata of an audit object (SPEC 10).
package struct AuditObject: Sendable {
  package static let contentType = "application/json"

  /// `<prefix>/<date_start>/<mission_id>.json`; not percent-encoded.
  package let key: String
  /// Names without `x-amz-meta-`.
  package let metadata: [(name: String, value: String)]

  package init(_ request: AuditRequest, prefix: String) {
    let parameters = request.parameters
    key = Self.key(request.mission, parameters, prefix: prefix)
    var metadata = [
      ("mission-id", "\(request.mission)"),
      ("run-id", request.runID),
      ("date-start", "\(parameters.dateStart)"),
      ("date-end", "\(parameters.dateEnd)"),
      ("media-type", parameters.mediaTypeText),
      ("languages", parameters.languageList),
      ("ads-count", "\(request.result.adsCount)"),
      ("sha256", request.sha256),
    ]
    // What a mission does not have is no metadata; the rest always has a value.
    metadata.removeAll { $0.1.isEmpty }
    if !parameters.values.isEmpty {
      metadata.append(("parameters", parameters.values.percentEncodedJSON))
    }
    self.metadata = metadata
  }

  package static func key(_ mission: MissionID, _ parameters: MissionParameters, prefix: String) -> String {
    keyPrefix(prefix) + "\(parameters.dateStart)/\(mission).json"
  }

  /// Without leading, final and doubled slashes, then one slash; nothing for an empty prefix.
  package static func keyPrefix(_ prefix: String) -> String {
    let cleaned = prefix.split(separator: "/").joined(separator: "/")
    return cleaned.isEmpty ? "" : cleaned + "/"
  }
}
