/// The key pair that requests are signed with. Printing it shows no secret.
package struct S3Credentials: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  package var accessKey: String
  package var secretKey: String
  /// Of temporary credentials; nil otherwise.
  package var sessionToken: String?

  /// An empty session token counts as none.
  package init(accessKey: String, secretKey: String, sessionToken: String? = nil) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken?.isEmpty == true ? nil : sessionToken
  }

  package var description: String { "S3Credentials(***)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
