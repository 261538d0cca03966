import Crypto
import Dates

extension StoreService {
  /// Carries out a request whose signature and body are right.
  func perform(_ head: RequestHead, _ exchange: StoreExchange) throws(StoreError) -> Response {
    let bucket = exchange.facts.bucket ?? ""
    let key = Array((exchange.facts.key ?? "").utf8)
    switch exchange.facts.kind {
    case .putObject: return try put(head, exchange, bucket: bucket, path: try ObjectPath.path(of: key))
    case .getObject: return try get(bucket: bucket, path: try ObjectPath.path(of: key), withBody: true)
    case .headObject: return try get(bucket: bucket, path: try ObjectPath.path(of: key), withBody: false)
    case .deleteObject:
      files.remove(bucket: bucket, path: try ObjectPath.path(of: key))
      return Response(status: 204)
    case .listBucket:
      return try ObjectListing(head.query ?? "").answer(files.keys(bucket: bucket), bucket, files)
    case .headBucket: return Response(status: 200)
    default: throw StoreError("MethodNotAllowed")
    }
  }

  private func put(
    _ head: RequestHead, _ exchange: StoreExchange, bucket: String, path: String
  ) throws(StoreError) -> Response {
    let digest = exchange.md5Digest()
    if let claimed = head.value(of: "content-md5"), claimed != Base64.text(digest) {
      throw StoreError("BadDigest")
    }
    try Self.requireConditions(head, files.metadata(bucket: bucket, path: path))
    guard let upload = exchange.takeUpload() else { throw StoreError("InternalError") }
    let etag = "\"\(Hex.encode(digest))\""
    let metadata = ObjectMetadata(
      size: exchange.count, etag: etag, contentType: head.value(of: "content-type") ?? "binary/octet-stream",
      modifiedAt: Clock.wallMilliseconds(), fields: Self.userMetadata(head))
    try files.store(upload, metadata, bucket: bucket, path: path)
    return Response(status: 200, fields: [("ETag", etag)])
  }

  /// What the request wants to find under its key is so. Requests are carried out one after the other.
  private static func requireConditions(
    _ head: RequestHead, _ existing: ObjectMetadata?
  ) throws(StoreError) {
    if let wanted = head.value(of: "if-none-match") {
      guard wanted == "*" else { throw StoreError("NotImplemented", details: ["Header": "If-None-Match"]) }
      guard existing == nil else {
        throw StoreError("PreconditionFailed", details: ["Condition": "If-None-Match"])
      }
    }
    if let wanted = head.value(of: "if-match") {
      guard let existing else { throw StoreError("NoSuchKey") }
      guard wanted == existing.etag || wanted == "*" else {
        throw StoreError("PreconditionFailed", details: ["Condition": "If-Match"])
      }
    }
  }

  private func get(bucket: String, path: String, withBody: Bool) throws(StoreError) -> Response {
    guard let metadata = files.metadata(bucket: bucket, path: path) else { throw StoreError("NoSuchKey") }
    var response = Response(
      status: 200,
      fields: [
        ("Content-Type", metadata.contentType), ("ETag", metadata.etag),
        ("Last-Modified", HTTPDate.text(secondsSince1970: metadata.modifiedAt / 1000)),
      ])
    for field in metadata.fields { response.fields.append((field.name, field.value.text ?? "")) }
    if !withBody {
      response.body = .source(AnnouncedBody(count: metadata.size))
    } else if metadata.size > 0 {
      guard let body = files.open(bucket: bucket, path: path, count: metadata.size) else {
        throw StoreError("NoSuchKey")
      }
      response.body = .source(body)
    }
    return response
  }

  private static func userMetadata(_ head: RequestHead) -> [JSONMember] {
    head.fields.map { (name: head.name(of: $0), value: head.text($0.value)) }
      .filter { $0.name.hasPrefix("x-amz-meta-") }
      .map { JSONMember(name: $0.name, value: .string($0.value)) }
      .sorted { $0.name < $1.name }
  }
}
