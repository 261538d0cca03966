import MissionCore

/// The body of `POST /api/admin/jobs` and `POST /api/admin/harvest`.
struct AddJobRequest {
  static let types = [
    "harvest", "generate_embeddings", "generate_drops", "generate_questions", "cleanup", "update_stats",
  ]

  /// The members of `params` that are no parameters.
  private static let known = ["date_start", "date_end", "media_type", "languages"]

  let type: String
  /// What it is to work on; the ads that it finds depend on them.
  let parameters: MissionParameters
  /// What whoever adds it calls it by; a list of jobs can be asked for it.
  let reference: String?

  /// Reads `{"type": "harvest", "reference": …, "params": {"date_start": …, "date_end": …, "media_type": …, "languages":
  /// […], …}}`. What else stands in `params` is a parameter.
  static func parse(_ body: [UInt8]) throws(BodyProblem) -> AddJobRequest {
    let document = try JSONBody.document(body)
    guard let type = document["type"]?.text, types.contains(type) else {
      throw BodyProblem(reason: "type must be one of \(types.joined(separator: ", "))")
    }
    guard let params = document["params"], params.members != nil else {
      throw BodyProblem(reason: "params must be an object")
    }
    let start = try JSONBody.day(params["date_start"], "params.date_start")
    let end = try JSONBody.day(params["date_end"], "params.date_end")
    guard start <= end else { throw BodyProblem(reason: "params.date_end is before its start") }
    return AddJobRequest(
      type: type,
      parameters: MissionParameters(
        source: "jobs", dateStart: start, dateEnd: end,
        mediaType: params["media_type"]?.text.flatMap { MediaType(rawValue: $0) },
        languages: (params["languages"]?.elements ?? []).compactMap(\.text),
        values: try JSONBody.parameters(
          (params.members ?? []).filter { !known.contains($0.name) && $0.value != .null }, at: "params")),
      reference: document["reference"]?.text)
  }
}
