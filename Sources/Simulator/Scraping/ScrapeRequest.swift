import MissionCore

/// The body of `POST /scrape`, read as strictly as a worker with a schema would.
enum ScrapeRequest {
  /// The filters that every scrape has; others are the mission's parameters.
  private static let known = ["date_range", "format", "sort_by", "languages"]

  static func parse(_ body: [UInt8]) throws(BodyProblem) -> MissionParameters {
    let document = try JSONBody.object(body, ["filters", "options"])
    let filters = try JSONBody.object(document["filters"], known, at: "filters", othersAllowed: true)
    let range = try JSONBody.object(filters["date_range"], ["start", "end"], at: "filters.date_range")
    let start = try JSONBody.day(range["start"], "filters.date_range.start")
    let end = try JSONBody.day(range["end"], "filters.date_range.end")
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
      values: try JSONBody.parameters(
        (filters.members ?? []).filter { !known.contains($0.name) }, at: "filters"))
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
