import HTTP
import KeyTable
import Kind
import MissionCore
import Ports
import Threads
import WebServices

/// `storage_writer`: a service that takes the records of a mission as they were scraped and writes them where they belong
/// (SOURCES 6); `examples/writer-api` says what it must answer.
package struct WriterSection: DestinationSection {
  package static let name = "storage_writer"
  package static let documentation = "A service that takes the records and writes them, instead of a database"

  /// Without a slash at its end.
  package var url = ServiceURL.unset
  /// Sent with every request.
  package var headers: [HeaderField]?
  package var caFile: String?
  package var allowPlainHTTP = false
  package init() {}

  package static let keys: [Key<Self>] = [
    Key("url", \.url, .url(), required: true, "The writer's base URL"),
    Key(
      "headers", \.headers, Codec.headerFields.optional,
      "Headers of every request, like X-API-Key; a value may come from a file"),
    Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, KeyText.certificates),
    Key("allow_plain_http", \.allowPlainHTTP, .flag, KeyText.plainHTTP),
  ]

  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "url")
  }

  package func open(_ opening: Opening) throws(DestinationError) -> any Destination {
    var service = WebService(
      url: url.text, headers: headers ?? [], http: opening.http, redactor: opening.redactor,
      now: opening.now)
    service.caFile = caFile
    service.connect = opening.connect
    service.stalled = opening.stalled
    service.upload = opening.upload
    do throws(ThreadFailure) {
      return try WriterDestination(
        service,
        advice: ConnectionAdvice(host: url.host, isPlainHTTP: url.isPlainHTTP, section: Self.name))
    } catch { throw DestinationError(.destinationOther, "no thread could be started for \(Self.name)") }
  }
}
