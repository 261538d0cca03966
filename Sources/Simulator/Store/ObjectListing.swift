import MissionCore

/// `GET bucket?list-type=2`: the keys with a prefix, in pages.
struct ObjectListing {
  private var prefix = ""
  private var after = ""
  private var token: String?
  private var limit = 1000
  private var encodesKeys = false

  /// Understands prefix, start-after, continuation-token, max-keys and encoding-type.
  init(_ query: Substring) throws(StoreError) {
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let bytes = PercentCoding.decode(parts.count == 2 ? parts[1] : "") else {
        throw StoreError("InvalidURI")
      }
      let value = String(decoding: bytes, as: UTF8.self)
      switch parts[0] {
      case "list-type": guard value == "2" else { throw StoreError("InvalidArgument") }
      case "prefix": prefix = value
      case "start-after": after = value
      case "continuation-token": token = value
      case "max-keys":
        guard let count = Int(value), (0...1000).contains(count) else { throw StoreError("InvalidArgument") }
        limit = count
      case "encoding-type": encodesKeys = value == "url"
      case "fetch-owner": break
      default: throw StoreError("NotImplemented", "This store does not understand the parameter \(parts[0])")
      }
    }
  }

  func answer(_ keys: [String], _ bucket: String, _ files: ObjectFiles) throws(StoreError) -> Response {
    var start = after
    if let token {
      guard let bytes = PercentCoding.decode(token) else { throw StoreError("InvalidArgument") }
      start = String(decoding: bytes, as: UTF8.self)
    }
    let wanted = keys.filter {
      $0.utf8.starts(with: prefix.utf8) && (start.isEmpty || start.utf8.lexicographicallyPrecedes($0.utf8))
    }
    let page = wanted.prefix(limit)
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>\(bucket)</Name>"
    xml += "<Prefix>\(text(prefix))</Prefix><KeyCount>\(page.count)</KeyCount><MaxKeys>\(limit)</MaxKeys>"
    if encodesKeys { xml += "<EncodingType>url</EncodingType>" }
    xml += "<IsTruncated>\(page.count < wanted.count)</IsTruncated>"
    if page.count < wanted.count, let last = page.last {
      xml += "<NextContinuationToken>\(PercentCoding.encode(last.utf8))</NextContinuationToken>"
    }
    for key in page { xml += try entry(key, bucket, files) }
    return Response(
      status: 200, fields: [("Content-Type", "application/xml")],
      body: .bytes(Array("\(xml)</ListBucketResult>".utf8)))
  }

  private func entry(_ key: String, _ bucket: String, _ files: ObjectFiles) throws(StoreError) -> String {
    let path = try ObjectPath.path(of: Array(key.utf8))
    guard let metadata = files.metadata(bucket: bucket, path: path) else { return "" }
    let modified = Timestamp(milliseconds: metadata.modifiedAt)
    return "<Contents><Key>\(text(key))</Key><LastModified>\(modified)</LastModified>"
      + "<ETag>\(XML.escaped(metadata.etag))</ETag><Size>\(metadata.size)</Size>"
      + "<StorageClass>STANDARD</StorageClass></Contents>"
  }

  private func text(_ key: String) -> String {
    encodesKeys ? PercentCoding.encode(key.utf8, keepingSlashes: true) : XML.escaped(key)
  }
}
