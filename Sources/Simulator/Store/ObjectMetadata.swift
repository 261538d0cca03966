/// What is kept beside an object's bytes, in a JSON file of its own.
struct ObjectMetadata: Equatable, Sendable {
  var size: Int
  /// With its quotes.
  var etag: String
  var contentType: String
  /// Milliseconds since 1970.
  var modifiedAt: Int64
  /// The `x-amz-meta-…` fields, sorted by name.
  var fields: [JSONMember]

  var encoded: String {
    JSONValue.object([
      JSONMember(name: "size", value: .number(String(size))), JSONMember(name: "etag", value: .string(etag)),
      JSONMember(name: "content_type", value: .string(contentType)),
      JSONMember(name: "modified_at", value: .number(String(modifiedAt))),
      JSONMember(name: "metadata", value: .object(fields)),
    ]).encoded
  }

  init(size: Int, etag: String, contentType: String, modifiedAt: Int64, fields: [JSONMember]) {
    self.size = size
    self.etag = etag
    self.contentType = contentType
    self.modifiedAt = modifiedAt
    self.fields = fields
  }

  /// Nil when the text is not what `encoded` writes.
  init?(_ text: [UInt8]) {
    guard let json = try? JSONParser.parse(text),  // which mistake it is does not matter
      let size = json["size"]?.integer, let etag = json["etag"]?.text, let type = json["content_type"]?.text,
      let modified = json["modified_at"]?.integer, let fields = json["metadata"]?.members
    else { return nil }
    self.init(size: size, etag: etag, contentType: type, modifiedAt: Int64(modified), fields: fields)
  }
}
