import HTTP
import KeyTable
import Placeholders

/// A request as a section describes it: method, path below the source's URL, and what goes with it.
package struct RequestTemplate: Sendable {
  package var get: Written<Template>?
  package var post: Written<Template>?
  package var put: Written<Template>?
  package var patch: Written<Template>?
  package var delete: Written<Template>?
  package var query: [TemplateField]?
  package var headers: [TemplateField]?
  /// Sent as JSON.
  package var body: JSONTemplate?
  /// Sent as a form instead.
  package var form: [TemplateField]?

  package init() {}

  /// The methods that are written, in the order of the table; a section that is right has one.
  package var methods: [(method: HTTPMethod, path: Written<Template>)] {
    [(.get, get), (.post, post), (.put, put), (.patch, patch), (.delete, delete)].compactMap { method, path in
      path.map { (method, $0) }
    }
  }

  /// Every text that may have placeholders.
  package var texts: [Written<Template>] {
    methods.map(\.path) + ((query ?? []) + (headers ?? []) + (form ?? [])).map(\.value)
      + (body?.texts ?? [])
  }

  /// `POST /acts/runs`, as messages call it: with the names of its placeholders and without secrets.
  package var shown: String {
    methods.first.map { "\($0.method.rawValue) \($0.path.value.shown)" } ?? ""
  }
}

/// A section that describes a request, and what is read from its answer.
package protocol RequestSection: ConfigurationSection {
  var request: RequestTemplate { get set }
}
