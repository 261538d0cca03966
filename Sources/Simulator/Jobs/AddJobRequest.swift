import MissionCore

/// The body of `POST /api/admin/jobs` and `POST /api/admin/harvest`.
struct AddJobRequest {
  static let types = [
    "harvest", "generate_embeddings", "generate_drops", "generate_questions", "cleanup", "update_stats",
  ]

  let type: String
  /// What it is to work on; the ads that it finds depend on them.
  let parameters: MissionParameters
  /// What whoever adds it calls it by; a list of jobs can be asked for it.
  let reference: String?

  /// Reads `{"type": "harvest", "reference": …, "params": {"date_start": …, "date_end": …, "media_type": …, "languages":
  /// […], …}}`. What else stands in `params` is a parameter.
  static func parse(_ body: [UInt8]) throws(BodyProblem) -> AddJobRequest {
    let document: JSONValue
    do throws(JSONParser.Problem) { document = try JSONParser.parse(body) } catch {
      throw BodyProblem(reason: "the body is not JSON: \(error)")
    }
    guard let type = document["type"]?.text, types.contains(type) else {
      throw BodyProblem(reason: "type must be one of \(types.joined(separator: ", "))")
    }
    guard let params = document["params"], params.members != nil else {
      throw BodyProblem(reason: "params must be an object")
    }
    let start = try day(params["date_start"], "params.date_start")
    let end = try day(params["date_end"], "params.date_end")
    guard start <= end else { throw BodyProblem(reason: "params.date_end is before its start") }
    return AddJobRequest(
      type: type,
      parameters: MissionParameters(
        source: "jobs", dateStart: start, dateEnd: end,
        mediaType: params["media_type"]?.text.flatMap { MediaType(rawValue: $0) },
        languages: (params["languages"]?.elements ?? []).compactMap(\.text), values: try values(params)),
      reference: document["reference"]?.text)
  }

  private static func values(_ params: JSONValue) throws(BodyProblem) -> ParameterValues {
    let known = ["date_start", "date_end", "media_type", "languages"]
    var entries: [ParameterValues.Entry] = []
    for member in params.members ?? [] where !known.contains(member.name) && member.value != .null {
      let text = member.value.text.map(ParameterValue.text)
      guard let value = text ?? member.value.integer.map({ .integer(Int64($0)) }) else {
        throw BodyProblem(reason: "params.\(member.name) must be a string or a whole number")
      }
      entries.append(ParameterValues.Entry(name: member.name, value: value))
    }
    return ParameterValues(entries)
  }

  private static func day(_ value: JSONValue?, _ place: String) throws(BodyProblem) -> CalendarDay {
    guard let day = value?.text.flatMap({ CalendarDay($0) }) else {
      throw BodyProblem(reason: "\(place) must be a day such as 2025-01-31")
    }
    return day
  }
}
