import HTTP
import KeyTable
import Kind
import MissionCore
import Ports
import Threads
import WebServices

/// `storage_writer`: a service that takes the records of a mission as they were scraped and writes them where they belong
/// (SOURCES 6); `examples/writer-api` says what it must answer.
package struct WriterSection: DestinationSection, WebServiceSection {
  package static let name = "storage_writer"
  package static let documentation = "A service that takes the records and writes them, instead of a database"

  package var url = ServiceURL.unset
  package var headers: [HeaderField]?
  package var caFile: String?
  package var allowPlainHTTP = false
  package init() {}

  package static let keys: [Key<Self>] =
    placeKeys(
      url: "The writer's base URL",
      headers: "Headers of every request, like X-API-Key; a value may come from a file") + transportKeys

  package func open(_ opening: Opening) throws(DestinationError) -> any Destination {
    do throws(ThreadFailure) {
      return try WriterDestination(
        WebService(self, opening),
        advice: ConnectionAdvice(host: url.host, isPlainHTTP: url.isPlainHTTP, section: Self.name))
    } catch { throw DestinationError(.destinationOther, "no thread could be started for \(Self.name)") }
  }
}
