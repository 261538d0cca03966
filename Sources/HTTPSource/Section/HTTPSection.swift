import Formats
import JSONStream
import KeyTable
import Kind
import MissionCore
import Placeholders

/// `kind: http` (SOURCES 2): an API that starts jobs, lets them be looked at, hands out what they brought and can cancel
/// them, as requests of one section describe it.
package struct HTTPSection: Sendable {
  package var basics = SourceBasics()
  /// Without a slash at its end.
  package var url = ServiceURL.unset
  /// Sent with every request.
  package var headers: [TemplateField]?
  package var start: StartSection?
  /// Nil: the answer to the start is the end.
  package var look: LookSection?
  package var result: ResultSection?
  /// Nil: to give up is to forget.
  package var cancel: PlainSection?
  package var find: FindSection?
  package var health: PlainSection?
  /// As written; `sendsOnce` is what holds.
  package var send: Sending?
  /// A mission whose last day is past is not sent any more.
  package var expires = false
  package var caFile: String?
  package var allowPlainHTTP = false

  package init() {}

  /// What becomes of a start whose answer is lost, when nothing tells whether it was taken.
  package enum Sending: String, CaseIterable, Sendable {
    /// It is never repeated.
    case once
    /// It counts as a failed attempt.
    case again
  }

  /// Whether a start that may have been taken is never repeated: what POST and PATCH do by themselves.
  package var sendsOnce: Bool {
    if let send { return send == .once }
    guard let method = start?.request.methods.first?.method else { return true }
    return method == .post || method == .patch
  }

  /// With what holds where nothing is said of sending.
  package var effective: HTTPSection {
    var effective = self
    effective.send = sendsOnce ? .once : .again
    return effective
  }

  /// Whether a start says which mission's it is in words that no other start has, so that sending it again is harmless.
  package var sendsIdempotencyKey: Bool {
    let texts = (start?.request.texts ?? []) + (headers ?? []).map(\.value)
    return texts.contains { $0.value.names.contains("idempotency_key") }
  }
}

/// `start`: begins a job.
package struct StartSection: RequestSection {
  package var request = RequestTemplate()
  /// Where its answer tells the job's id; nil where there is nothing to look at.
  package var job: JSONPointer?
  package var keep: [Named<JSONPointer>]?

  package init() {}
}

/// `look`: tells how a job stands.
package struct LookSection: RequestSection {
  package var request = RequestTemplate()
  /// Between looks; nil: `execution.polling.job`.
  package var every: Duration?
  package var status = JSONPointer.whole
  package var waiting: [String]?
  package var done: [String] = []
  package var empty: [String]?
  package var failed: [String]?
  /// Words that mean that the job is not known.
  package var gone: [String]?
  /// Where the answer tells why a job failed.
  package var error: JSONPointer?
  package var keep: [Named<JSONPointer>]?

  package init() {}
}

/// `find`: lists jobs, among which is one whose start was not answered.
package struct FindSection: RequestSection {
  package var request = RequestTemplate()
  /// Where the lists are; nil: the answer itself is one.
  package var jobs: [JSONPointer]?
  /// What must stand at places of an item that is the mission's.
  package var `where`: [Condition] = []
  /// In an item.
  package var job = JSONPointer.whole
  package var keep: [Named<JSONPointer>]?

  package init() {}

  /// A place in an answer and what has to stand there.
  package struct Condition: Sendable {
    package let place: JSONPointer
    package let value: Written<Template>
  }
}

/// `result`: hands out what a job brought, or says where it is in the answer that is there already.
package struct ResultSection: RequestSection, FormattedSection {
  package var request = RequestTemplate()
  package var format = ResultFormat()

  package init() {}

  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    checkFormat(&reader, path: path)
  }
}

/// A request of whose answer only the status counts.
package struct PlainSection: RequestSection {
  package var request = RequestTemplate()

  package init() {}
}
