import KeyTable
import Kind

/// A section that says where a service is and what goes with every request to it.
package protocol WebServiceSection: ConfigurationSection {
  /// Without a slash at its end.
  var url: ServiceURL { get set }
  /// Sent with every request.
  var headers: [HeaderField]? { get set }
  var caFile: String? { get set }
  var allowPlainHTTP: Bool { get set }
}

extension WebServiceSection {
  /// - Parameters: what the documentation says of each.
  package static func placeKeys(url: String, headers: String) -> [Key<Self>] {
    [
      Key("url", \.url, .url(), required: true, url),
      Key("headers", \.headers, Codec.headerFields.optional, headers),
    ]
  }

  package static var transportKeys: [Key<Self>] {
    [
      Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, KeyText.certificates),
      Key("allow_plain_http", \.allowPlainHTTP, .flag, KeyText.plainHTTP),
    ]
  }

  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "url")
  }
}

extension WebService {
  package init(_ section: some WebServiceSection, _ opening: Opening) {
    self.init(
      url: section.url.text, headers: section.headers ?? [], http: opening.http, redactor: opening.redactor,
      now: opening.now)
    caFile = section.caFile
    connect = opening.connect
    stalled = opening.stalled
    upload = opening.upload
  }
}
