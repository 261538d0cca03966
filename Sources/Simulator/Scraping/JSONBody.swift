import MissionCore

/// Why a request's body is not accepted.
struct BodyProblem: Error {
  let reason: String
}

/// What bodies are made of.
enum JSONBody {
  static func document(_ bytes: [UInt8]) throws(BodyProblem) -> JSONValue {
    do throws(JSONParser.Problem) { return try JSONParser.parse(bytes) } catch {
      throw BodyProblem(reason: "the body is not JSON: \(error)")
    }
  }

  static func day(_ value: JSONValue?, _ place: String) throws(BodyProblem) -> CalendarDay {
    guard let day = value?.text.flatMap({ CalendarDay($0) }) else {
      throw BodyProblem(reason: "\(place) must be a day such as 2025-01-31")
    }
    return day
  }

  /// Members of the object at `place` as parameters of a mission.
  static func parameters(_ members: [JSONMember], at place: String) throws(BodyProblem) -> ParameterValues {
    var entries: [ParameterValues.Entry] = []
    for member in members {
      let text = member.value.text.map(ParameterValue.text)
      guard let value = text ?? member.value.integer.map({ .integer(Int64($0)) }) else {
        throw BodyProblem(reason: "\(place).\(member.name) must be a string or a whole number")
      }
      entries.append(ParameterValues.Entry(name: member.name, value: value))
    }
    return ParameterValues(entries)
  }

  /// An object that must have certain members and no others.
  static func object(_ bytes: [UInt8], _ names: [String]) throws(BodyProblem) -> JSONValue {
    try object(try document(bytes), names, at: "the body")
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
