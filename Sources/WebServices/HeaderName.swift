import MissionCore

/// Names of the header fields that a section of the configuration sends.
package enum HeaderName {
  /// What is wrong with a name; what the client itself must say is not free.
  @Sendable package static func fault(of name: String) -> Message? {
    let isToken = name.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains(byte)
    }
    guard isToken, (1...256).contains(name.utf8.count) else {
      return "must be a header's name: letters, digits and -"
    }
    return ownNames.contains(name.lowercased()) ? "is a header that is set by itself" : nil
  }

  private static let ownNames = [
    "content-length", "transfer-encoding", "connection", "expect", "accept-encoding", "host",
  ]

  /// Whether a value of that name is a secret (SOURCES 2).
  package static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["authorization", "cookie"].contains(name)
      || ["key", "token", "secret"].contains { name.hasSuffix($0) }
  }
}
