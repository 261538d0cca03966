import JSONStream
import Ports

/// What is kept beside an object: its metadata by their names without `x-amz-meta-`, and its content type.
package struct ObjectMetadata {
  /// Of the name of an object's metadata, behind the object's own.
  package static let suffix = ".meta.json"

  package let json: [UInt8]

  package init(_ object: AuditObject) { self.init(contentType: object.contentType, object.metadata) }

  package init(contentType: String, _ metadata: [(name: String, value: String)]) {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in [("content-type", contentType)] + metadata {
      writer.key(name)
      writer.value(value)
    }
    writer.endObject()
    json = writer.bytes.withUnsafeBytes { JSONLayout.bytes(of: $0) }
  }

  /// The value of a name in such a file; nil when it has none, or is no such file any more.
  package static func value(_ name: String, in json: [UInt8]) -> String? {
    json.withUnsafeBytes { bytes in
      // What somebody else has written into it says nothing of the object.
      guard let members = try? JSONScanner.members(of: bytes),
        let value = members.first(where: { $0.key == name })?.value, value.kind == .string
      else { return nil }
      return JSONText.string(bytes, value.range)
    }
  }
}
