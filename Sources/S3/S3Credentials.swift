/// The key pair that requests are signed with. Printing it shows no secret.
public struct S3Credentials: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  public var accessKey: String
  public var secretKey: String
  /// Of temporary credentials; nil otherwise.
  public var sessionToken: String?

  /// An empty session token counts as none.
  public init(accessKey: String, secretKey: String, sessionToken: String? = nil) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken?.isEmpty == true ? nil : sessionToken
  }

  public var description: String { "S3Credentials(***)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
