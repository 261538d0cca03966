import Formats
import HTTP
import JSONStream
import KeyTable
import Kind
import MissionCore
import Placeholders
import Ports
import Threads

// The table of `kind: http`.

extension RequestSection {
  /// The keys of every request.
  static var requestKeys: [Key<Self>] {
    [
      Key("get", \.request.get, Codec.requestPath.optional, "A path below url that is asked for by GET"),
      Key("post", \.request.post, Codec.requestPath.optional, "A path below url that is sent to by POST"),
      Key("put", \.request.put, Codec.requestPath.optional, "A path below url that is sent to by PUT"),
      Key("patch", \.request.patch, Codec.requestPath.optional, "A path below url that is sent to by PATCH"),
      Key(
        "delete", \.request.delete, Codec.requestPath.optional, "A path below url that is sent to by DELETE"),
      Key("query", \.request.query, Codec.fields().optional, "What stands behind the path's ?, by name"),
      Key("headers", \.request.headers, Codec.headers.optional, "Headers of this request alone"),
      Key("body", \.request.body, Codec.jsonTemplate.optional, "What is sent as JSON"),
      Key("form", \.request.form, Codec.fields().optional, "What is sent as a form, by name"),
    ]
  }
}

extension StartSection {
  package static let keys: [Key<Self>] =
    requestKeys + [
      Key("job", \.job, Codec.pointer.optional, "Where the answer tells the job's id"),
      Key("keep", \.keep, Codec.keep.optional, keepText),
    ]
}

extension LookSection {
  package static let keys: [Key<Self>] =
    requestKeys + [
      Key(
        "every", \.every, Codec.duration(.seconds).optional,
        "Between looks at a job; execution.polling.job when absent"),
      Key("status", \.status, .pointer, required: true, "Where the answer tells the job's status"),
      Key("waiting", \.waiting, words.optional, "Statuses of a job that has not ended"),
      Key("done", \.done, words, required: true, "Statuses of a job that has a result"),
      Key("empty", \.empty, words.optional, "Statuses of a job that has ended well without any record"),
      Key("failed", \.failed, words.optional, "Statuses of a job that has failed"),
      Key("gone", \.gone, words.optional, "Statuses that mean what the answer 404 means: no such job"),
      Key("error", \.error, Codec.pointer.optional, "Where the answer tells why a job failed"),
      Key("keep", \.keep, Codec.keep.optional, keepText),
    ]

  private static let words = Codec<[String]>.words(of: .text())
}

extension FindSection {
  package static let keys: [Key<Self>] =
    requestKeys + [
      Key(
        "jobs", \.jobs, Codec.pointers.optional, "Where the answer lists jobs; the whole of it when absent"),
      Key("where", \.where, .conditions, "What must stand at places of the mission's own job"),
      Key("job", \.job, .pointer, required: true, "Where an item of the list tells the job's id"),
      Key("keep", \.keep, Codec.keep.optional, keepText),
    ]
}

extension ResultSection {
  package static let keys: [Key<Self>] = requestKeys + formatKeys
}

extension PlainSection {
  package static let keys: [Key<Self>] = requestKeys
}

private let keepText = "Values of the answer that later requests use, by name"

extension HTTPSection: SourceSection {
  package static let kind = "http"

  package static let ownKeys: [Key<Self>] = [
    Key("url", \.url, .url(), required: true, "The API's base URL"),
    Key("headers", \.headers, Codec.headers.optional, "Headers of every request"),
    Key("start", \.start, Codec.section.optional, required: true, "The request that starts a mission's job"),
    Key(
      "look", \.look, Codec.section.optional, "How a job stands; without it the answer of start is the end"),
    Key("result", \.result, Codec.section.optional, "Where the records are; in the last answer when absent"),
    Key("cancel", \.cancel, Codec.section.optional, "Ends a job; without it giving up is forgetting"),
    Key("find", \.find, Codec.section.optional, "Lists jobs, to find one whose start was not answered"),
    Key(
      "health", \.health, Codec.section.optional,
      "What check asks for; without it only the connection is tried"),
    Key(
      "send", \.send, Codec.choice.optional,
      "Whether a start that may have been taken is sent again; once for post and patch when absent"),
    Key("expires", \.expires, .flag, "Whether a mission whose last day is past is not started any more"),
    Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, KeyText.certificates),
    Key("allow_plain_http", \.allowPlainHTTP, .flag, KeyText.plainHTTP),
  ]

  package var ownPolicy: SourcePolicy {
    var policy = SourcePolicy()
    policy.retryDelay = .seconds(1)
    policy.lookInterval = look?.every
    policy.findsStarts = true
    policy.startsOnce = sendsOnce
    policy.expires = expires
    return policy
  }

  package func open(_ name: String, _ opening: SourceOpening) throws(OpeningFailure) -> OpenedSource {
    var limits = HTTPSource.Limits()
    limits.connect = opening.connect
    limits.response = opening.response
    limits.stalled = opening.stalled
    limits.result = basics.timeout ?? opening.timeout
    limits.maxResultSize = opening.maxResultSize
    do throws(ThreadFailure) {
      return OpenedSource(
        name: name,
        source: try HTTPSource(
          self, name: name, http: opening.http, redactor: opening.redactor, limits: limits, now: opening.now,
          tell: opening.tell))
    } catch { throw .noThread("the source \(name) cannot be used: \(error)") }
  }
}
