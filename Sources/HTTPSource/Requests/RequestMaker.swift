import HTTP
import JSONStream
import MissionCore
import Placeholders
import URI

/// Makes requests of what the section describes and a mission's values.
struct RequestMaker: Sendable {
  /// Without a slash at its end.
  let url: String
  /// Sent with every request; one of the same name of a request itself counts instead.
  let headers: [TemplateField]
  let caFile: String?

  /// - Parameter isRepeatable: whether the transport may send it again when a kept connection has died under it.
  func request(
    _ template: RequestTemplate, _ values: PlaceholderValues, receive: HTTPReceive,
    deadlines: HTTPDeadlines, isRepeatable: Bool
  ) throws(FillingFault) -> HTTPRequest {
    guard let (method, path) = template.methods.first else { throw .missing("path") }
    var text = url + (try path.value.path(values))
    let query = try pairs(template.query, values)
    if !query.isEmpty { text += "?" + query }
    let (body, type) = try body(template, values)
    return HTTPRequest(
      method: method, url: text, headers: try headers(template, type, values), body: body, receive: receive,
      deadlines: deadlines, caFile: caFile, isRepeatable: isRepeatable)
  }

  private func body(
    _ template: RequestTemplate, _ values: PlaceholderValues
  ) throws(FillingFault) -> (HTTPBody, type: String?) {
    if let body = template.body {
      var json = JSONWriter()
      try body.write(values, to: &json)
      return (.bytes(json.bytes), "application/json")
    }
    guard let form = template.form else { return (.none, nil) }
    return (.bytes(Array(try pairs(form, values).utf8)), "application/x-www-form-urlencoded")
  }

  /// `a=1&b=2`; a value that is one empty placeholder alone is left out with its name.
  private func pairs(
    _ fields: [TemplateField]?, _ values: PlaceholderValues
  ) throws(FillingFault) -> String {
    var pairs: [String] = []
    for field in fields ?? [] where !field.value.value.isLeftOut(values) {
      pairs.append("\(PercentEncoding.encode(field.name))=\(try field.value.value.queryValue(values))")
    }
    return pairs.joined(separator: "&")
  }

  private func headers(
    _ template: RequestTemplate, _ type: String?, _ values: PlaceholderValues
  ) throws(FillingFault) -> [(name: String, value: String)] {
    let own = template.headers ?? []
    let ownNames = Set(own.map { $0.name.lowercased() })
    let all = headers.filter { !ownNames.contains($0.name.lowercased()) } + own
    var lines: [(name: String, value: String)] = []
    for field in all where !field.value.value.isLeftOut(values) {
      lines.append((field.name, try field.value.value.line(values)))
    }
    if let type, !all.contains(where: { $0.name.lowercased() == "content-type" }) {
      lines.append(("Content-Type", type))
    }
    return lines
  }
}
