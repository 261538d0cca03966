import KeyTable
import Kind
import MissionCore
import Ports
import Threads
import WebServices

/// `storage_http`: a server that takes PUT, HEAD, GET and DELETE: WebDAV, nginx, Nexus, the API of an uploader.
package struct HTTPStoreSection: StoreSection, WebServiceSection {
  package static let name = "storage_http"
  package static let documentation =
    "A server that takes PUT and gives back by GET, which keeps the audit objects"

  package var url = ServiceURL.unset
  package var headers: [HeaderField]?
  /// Without slashes at its ends; empty for keys that begin with the date.
  package var prefix = "scrapes"
  package var caFile: String?
  package var allowPlainHTTP = false
  package init() {}

  package static let keys: [Key<Self>] =
    placeKeys(
      url: "Where the objects are; keys are paths below it",
      headers: "Headers of every request, like Authorization; a value may come from a file")
    + [
      Key(
        "prefix", \.prefix, .text(TextRule.prefix, emptyIsValue: true),
        "What object keys begin with; empty: with the date")
    ] + transportKeys

  package func open(_ opening: Opening) throws(OpeningFailure) -> any AuditStore {
    do throws(ThreadFailure) {
      return try HTTPStore(
        WebFolder(WebService(self, opening), host: url.host, isPlainHTTP: url.isPlainHTTP), prefix: prefix)
    } catch { throw .noThread("the HTTP store cannot be used: \(error)") }
  }
}
