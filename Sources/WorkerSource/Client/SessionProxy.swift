import MissionCore

/// The proxy that a worker is asked to open its session through.
package struct SessionProxy: Sendable {
  /// `host:port`.
  package let server: String
  package let username: Secret
  package let password: Secret
  /// Whether new sessions may go through it.
  package let isActive: Bool

  package init(server: String, username: Secret, password: Secret, isActive: Bool = true) {
    self.server = server
    self.username = username
    self.password = password
    self.isActive = isActive
  }
}
