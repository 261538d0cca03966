/// A session that a mission may use.
public struct SessionGrant: Hashable, Sendable {
  public let sessionID: String
  public let proxy: String?
  public let isReused: Bool

  public init(sessionID: String, proxy: String?, isReused: Bool) {
    self.sessionID = sessionID
    self.proxy = proxy
    self.isReused = isReused
  }
}
