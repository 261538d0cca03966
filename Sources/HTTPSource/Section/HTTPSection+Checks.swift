import KeyTable
import MissionCore
import Placeholders

// The rules that span several keys. All that is wrong is told at once, where it stands.
extension HTTPSection {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "url")
    for part in parts { check(part, &reader, path) }
    checkEnds(&reader, path)
    checkWords(&reader, path)
    checkFinding(&reader, path)
    checkPlaceholders(basics.parameters.map(\.name), &reader, path)
  }

  private func checkPlaceholders(
    _ parameters: [String], _ reader: inout ConfigurationReader, _ path: String
  ) {
    for part in parts {
      let names = names(in: part.part, parameters: parameters)
      for text in part.request.texts { reader.check(text, names) }
    }
    // The headers of every request fit the one that knows least; health goes without those that need a mission.
    for field in headers ?? [] {
      reader.check(field.value, names(in: .start, parameters: parameters))
    }
    for condition in find?.where ?? [] {
      reader.check(condition.value, names(in: .find, parameters: parameters))
    }
    checkKeptNames(parameters, &reader, path)
  }

  /// A request of the section with its key.
  struct NamedRequest {
    let name: String
    let part: Part
    let request: RequestTemplate
    /// Only the answer to an earlier request is read.
    var mayBeAbsent = false
  }

  var parts: [NamedRequest] {
    [
      start.map { NamedRequest(name: "start", part: .start, request: $0.request) },
      look.map { NamedRequest(name: "look", part: .look, request: $0.request) },
      result.map { NamedRequest(name: "result", part: .result, request: $0.request, mayBeAbsent: true) },
      cancel.map { NamedRequest(name: "cancel", part: .cancel, request: $0.request) },
      find.map { NamedRequest(name: "find", part: .find, request: $0.request) },
      health.map { NamedRequest(name: "health", part: .health, request: $0.request) },
    ].compactMap { $0 }
  }

  // MARK: One request

  private func check(_ part: NamedRequest, _ reader: inout ConfigurationReader, _ path: String) {
    let place = path + part.name
    let request = part.request
    let methods = request.methods
    let words = ["get", "post", "put", "patch", "delete"]
    let isRefused = words.contains { reader.isRefused("\(place).\($0)") }
    if methods.count > 1 {
      let written = Message.and(methods.map { $0.method.rawValue.lowercased() })
      reader.report(at: place, "\(place) has \(written); a request has one method")
    }
    if methods.isEmpty, !isRefused {
      if !part.mayBeAbsent {
        reader.report(
          at: place, "\(place) must have one of \(words.joined(separator: ", ")) with a path below url")
      }
      for (key, isWritten) in request.written where isWritten && part.mayBeAbsent {
        reader.report(at: "\(place).\(key)", "\(place).\(key) belongs to a request, and \(place) has none")
      }
    }
    if methods.first?.method == .get, methods.count == 1 {
      for key in ["body", "form"] where request.written.contains(where: { $0.key == key && $0.isWritten }) {
        reader.report(at: "\(place).\(key)", "\(place).\(key) cannot be sent by get; use post or put")
      }
    }
    if request.body != nil, request.form != nil {
      reader.report(
        at: "\(place).form", "\(place).form cannot stand beside body: a request sends one of them")
    }
  }

  // MARK: From start to result

  private func checkEnds(_ reader: inout ConfigurationReader, _ path: String) {
    guard let start else { return }
    if look != nil {
      checkResultFormat(&reader, path)
      if start.job == nil, !reader.isRefused(path + "start.job") {
        reader.report(at: path + "start", "\(path)start.job is missing: look needs to know the job's id")
      }
      return
    }
    guard !reader.isRefused(path + "look") else { return }
    let answer: Message = "without look the answer of start is the end"
    for (key, isWritten) in [
      ("start.job", start.job != nil), ("start.keep", start.keep != nil), ("cancel", cancel != nil),
      ("find", find != nil), ("result", !(result?.request.methods.isEmpty ?? true)),
    ] where isWritten {
      reader.report(at: path + key, "\(path)\(key) is of no use: \(answer)")
    }
  }

  /// An answer that says how a job stands is JSON, so that what else it holds is, too.
  private func checkResultFormat(_ reader: inout ConfigurationReader, _ path: String) {
    guard let result, result.request.methods.isEmpty, result.format.kind != .json else { return }
    let place = path + "result.format"
    reader.report(
      at: place,
      "\(place) \(result.format.kind.rawValue) needs a request of its own: the answer of look is JSON")
  }

  /// A status has one meaning.
  private func checkWords(_ reader: inout ConfigurationReader, _ path: String) {
    guard let look else { return }
    if look.done.isEmpty, !reader.isRefused(path + "look.done") {
      reader.report(at: path + "look.done", "\(path)look.done must list at least one status")
    }
    var meanings: [String: String] = [:]
    for (key, words) in [
      ("waiting", look.waiting), ("done", look.done), ("empty", look.empty), ("failed", look.failed),
      ("gone", look.gone),
    ] {
      for word in words ?? [] {
        guard let first = meanings.updateValue(key, forKey: word) else { continue }
        let shown = UntrustedText.clean(word, limit: 64)
        reader.report(
          at: "\(path)look.\(key)", "\(path)look.\(key) lists \(shown), which \(first) lists already")
      }
    }
  }

  /// An item that is taken for the mission's own must show whose it is.
  private func checkFinding(_ reader: inout ConfigurationReader, _ path: String) {
    guard let find, !reader.isRefused(path + "find.where") else { return }
    let texts = find.request.texts + find.where.map(\.value)
    guard texts.allSatisfy({ $0.value.names.isEmpty }) else { return }
    reader.report(
      at: path + "find",
      "\(path)find must say whose job it looks for, with {mission_id} or {idempotency_key} in where, query or path"
    )
  }

  // MARK: Names

  private func checkKeptNames(
    _ parameters: [String], _ reader: inout ConfigurationReader, _ path: String
  ) {
    for (key, keep) in [("start", start?.keep), ("look", look?.keep), ("find", find?.keep)] {
      let place = "\(path)\(key).keep"
      for entry in keep ?? [] where parameters.contains(entry.name) {
        reader.report(at: place, "\(place).\(entry.name) is also a parameter; choose another name")
      }
    }
    let names = Set([start?.keep, look?.keep, find?.keep].flatMap { $0?.map(\.name) ?? [] })
    guard names.count > KeptLimits.values else { return }
    let last = [("find", find?.keep), ("look", look?.keep), ("start", start?.keep)].first { $0.1 != nil }
    let place = "\(path)\(last?.0 ?? "start").keep"
    reader.report(
      at: place, "\(place) makes \(names.count) kept values, and at most \(KeptLimits.values) are allowed")
  }
}

/// What a source may keep of a job (SOURCES 2).
package enum KeptLimits {
  package static let values = 8
  /// Of one value.
  package static let bytes = 512
  /// Of a job's id.
  package static let idBytes = 256
}

extension RequestTemplate {
  /// The keys besides the method, and whether they are there.
  fileprivate var written: [(key: String, isWritten: Bool)] {
    [("query", query != nil), ("headers", headers != nil), ("body", body != nil), ("form", form != nil)]
  }
}
