import MissionCore

/// Why a worker does not accept a request's body.
struct BodyProblem: Error {
  let reason: String
}

/// The body of `POST /scrape`, read as strictly as a worker with a schema would.
enum ScrapeRequest {
  /// The filters that every scrape has; others are the mission's parameters.
  private static let known = ["date_range", "format", "sort_by", "languages"]

  static func parse(_ body: [UInt8]) throws(BodyProblem) -> MissionParameters {
    let document = try JSONBody.object(body, ["filters", "options"])
    let filters = try JSONBody.object(document["filters"], known, at: "filters", othersAllowed: true)
    let range = try JSONBody.object(filters["date_range"], ["start", "end"], at: "filters.date_range")
    let start = try day(range["start"], "filters.date_range.start")
    let end = try day(range["end"], "filters.date_range.end")
    guard start <= end else { throw BodyProblem(reason: "filters.date_range.end is before its start") }
    guard let format = filters["format"]?.text.flatMap(MediaType.init(rawValue:)) else {
      throw BodyProblem(reason: "filters.format must be all, video or image")
    }
    guard filters["sort_by"]?.text == "qtd_ads" else {
      throw BodyProblem(reason: "filters.sort_by must be qtd_ads")
    }
    try checkOptions(document["options"])
    return MissionParameters(
      dateStart: start, dateEnd: end, mediaType: format, languages: try languages(filters["languages"]),
      values: try parameters(filters))
  }

  private static func parameters(_ filters: JSONValue) throws(BodyProblem) -> ParameterValues {
    var entries: [ParameterValues.Entry] = []
    for member in filters.members ?? [] where !known.contains(member.name) {
      let text = member.value.text.map(ParameterValue.text)
      guard let value = text ?? member.value.integer.map({ .integer(Int64($0)) }) else {
        throw BodyProblem(reason: "filters.\(member.name) must be a string or a whole number")
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

  private static func languages(_ value: JSONValue?) throws(BodyProblem) -> [String] {
    let codes = value?.elements?.map { $0.text ?? "" } ?? []
    let areCodes = codes.allSatisfy {
      (2...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (97...122).contains($0) }
    }
    guard !codes.isEmpty, areCodes, Set(codes).count == codes.count else {
      throw BodyProblem(
        reason: "filters.languages must be an array of different codes of 2 or 3 small letters")
    }
    return codes
  }

  private static func checkOptions(_ value: JSONValue?) throws(BodyProblem) {
    let options = try JSONBody.object(value, ["max_ads", "batch_size"], at: "options")
    guard options["max_ads"]?.text == "all" || (options["max_ads"]?.integer ?? 0) > 0 else {
      throw BodyProblem(reason: "options.max_ads must be \"all\" or a positive number")
    }
    guard let size = options["batch_size"]?.integer, (1...10_000).contains(size) else {
      throw BodyProblem(reason: "options.batch_size must be a number 1...10000")
    }
  }
}

/// The body of `POST /session`.
struct SessionRequest {
  let forcesRefresh: Bool
  /// The proxy's `server`; nil without one. Its credentials are checked for their type and forgotten.
  let proxy: String?

  static func parse(_ body: [UInt8]) throws(BodyProblem) -> SessionRequest {
    let document = try JSONBody.object(body, ["force_refresh", "proxy"])
    guard let forcesRefresh = document["force_refresh"]?.flag else {
      throw BodyProblem(reason: "force_refresh must be true or false")
    }
    if document["proxy"] == .null { return SessionRequest(forcesRefresh: forcesRefresh, proxy: nil) }
    let proxy = try JSONBody.object(document["proxy"], ["server", "username", "password"], at: "proxy")
    guard let server = proxy["server"]?.text, !server.isEmpty else {
      throw BodyProblem(reason: "proxy.server must be a host and port")
    }
    for name in ["username", "password"] {
      guard let value = proxy[name], value.text != nil || value == .null else {
        throw BodyProblem(reason: "proxy.\(name) must be a string or null")
      }
    }
    return SessionRequest(forcesRefresh: forcesRefresh, proxy: server)
  }
}

/// Objects that must have certain members and no others.
private enum JSONBody {
  static func object(_ bytes: [UInt8], _ names: [String]) throws(BodyProblem) -> JSONValue {
    let value: JSONValue
    do throws(JSONParser.Problem) { value = try JSONParser.parse(bytes) } catch {
      throw BodyProblem(reason: "the body is not JSON: \(error)")
    }
    return try object(value, names, at: "the body")
  }

  static func object(
    _ value: JSONValue?, _ names: [String], at place: String, othersAllowed: Bool = false
  ) throws(BodyProblem) -> JSONValue {
    guard let value, let members = value.members else {
      throw BodyProblem(reason: "\(place) must be an object")
    }
    for name in names where !members.contains(where: { $0.name == name }) {
      throw BodyProblem(reason: "\(place) lacks \(name)")
    }
    guard members.count == names.count || othersAllowed else {
      let extra = members.first { !names.contains($0.name) }?.name
      throw BodyProblem(
        reason: "\(place) has \(extra.map { "the unknown member \($0)" } ?? "a member twice")")
    }
    return value
  }
}
