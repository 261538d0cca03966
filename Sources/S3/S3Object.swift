import Crypto
import HTTP

/// A request's body together with what its signature needs to know of it.
public struct S3Payload: Sendable {
  public var body: HTTPBody
  /// Of exactly the body's bytes, lower-case hex.
  public var sha256: String

  public init(body: HTTPBody, sha256: String) {
    self.body = body
    self.sha256 = sha256
  }

  /// All bytes at once, hashed here.
  public init(bytes: [UInt8]) { self.init(body: .bytes(bytes), sha256: SHA256.hexDigest(of: bytes)) }

  /// The SHA-256 of no bytes.
  static let emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  static let empty = S3Payload(body: .none, sha256: emptyHash)
}

/// What the store says of an object.
public struct S3Object: Sendable {
  /// As sent, quotes included; nil when the store gave none.
  public var etag: String?
  public var size: Int64?
  public var headers: HTTPHeaders
  /// Empty after PUT, HEAD and DELETE.
  public var body: HTTPResponse.Body

  init(_ response: HTTPResponse) {
    etag = response.headers["etag"]
    size = response.headers["content-length"].flatMap { Int64($0) }
    headers = response.headers
    body = response.body
  }

  /// The value of `x-amz-meta-<name>`.
  public func metadata(_ name: String) -> String? { headers["x-amz-meta-" + name] }
}
