import KeyTable
import Kind
import MissionCore
import Ports
import Threads
import WebServices

/// `storage_http`: a server that takes PUT, HEAD, GET and DELETE: WebDAV, nginx, Nexus, the API of an uploader.
package struct HTTPStoreSection: StoreSection {
  package static let name = "storage_http"
  package static let documentation =

    "A server that takes PUT and gives back by GET, which keeps the audit objects"

  /// Without a slash at its end.
  package var url = ServiceURL.unset
  /// Sent with every request.
  package var headers: [HeaderField]?
  /// Without slashes at its ends; empty for keys that begin with the date.
  package var prefix = "scrapes"
  package var caFile: String?
  package var allowPlainHTTP = false
  package init() {}

  package static let keys: [Key<Self>] = [
    Key("url", \.url, .url(), required: true, "Where the objects are; keys are paths below it"),
    Key(
      "headers", \.headers, Codec.headerFields.optional,
      "Headers of every request, like Authorization; a value may come from a file"),
    Key(
      "prefix", \.prefix, .text(TextRule.prefix, emptyIsValue: true),
      "What object keys begin with; empty: with the date"),
    Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, KeyText.certificates),
    Key("allow_plain_http", \.allowPlainHTTP, .flag, KeyText.plainHTTP),
  ]

  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "url")
  }

  package func open(_ opening: Opening) throws(OpeningFailure) -> any AuditStore {
    var service = WebService(
      url: url.text, headers: headers ?? [], http: opening.http, redactor: opening.redactor,
      now: opening.now)
    service.caFile = caFile
    service.connect = opening.connect
    service.stalled = opening.stalled
    service.upload = opening.upload
    do throws(ThreadFailure) {
      return try HTTPStore(
        WebFolder(service, host: url.host, isPlainHTTP: url.isPlainHTTP), prefix: prefix)
    } catch { throw .noThread("the HTTP store cannot be used: \(error)") }
  }
}
