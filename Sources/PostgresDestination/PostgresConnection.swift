import MissionCore

/// A connection to PostgreSQL, read from a connection string by one parser: what is masked and what libpq is given are
/// made of the same pairs, so that the two cannot disagree about where a password ends.
package struct PostgresConnection: Sendable {
  /// What libpq is given: every pair as `keyword='value'`, which it can read in one way only.
  package let text: Secret
  package let maskedText: String
  package let passwords: [Secret]

  /// - Parameters:
  ///   - pairs: libpq's keywords and what they mean; the last of a keyword counts.
  ///   - written: passwords as they stand in the text, where that is not what they mean.
  init(_ pairs: [(keyword: String, value: String)], masked: String, written: [String] = []) {
    text = Secret(pairs.map { "\($0.keyword)=\(Self.quoted($0.value))" }.joined(separator: " "))
    maskedText = masked
    let meant = pairs.filter { PostgresKeyword.isSecret($0.keyword) }.map(\.value)
    passwords = (written.filter { !meant.contains($0) } + meant).filter { !$0.isEmpty }.map { Secret($0) }
  }

  /// In single quotes, as libpq reads them.
  static func quoted(_ value: String) -> String {
    var quoted = "'"
    for character in value {
      if character == "'" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted + "'"
  }
}

/// What is known of libpq's keywords.
enum PostgresKeyword {
  private static let secret: Set<String> = [
    "password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key",
  ]

  private static let harmless: Set<String> = [
    "application_name", "channel_binding", "client_encoding", "connect_timeout", "dbname",
    "fallback_application_name", "gssdelegation", "gssencmode", "gsslib", "host", "hostaddr", "keepalives",
    "keepalives_count", "keepalives_idle", "keepalives_interval", "krbsrvname", "load_balance_hosts",
    "max_protocol_version", "min_protocol_version", "oauth_client_id", "oauth_issuer", "oauth_scope",
    "options",
    "passfile", "port", "replication", "require_auth", "requirepeer", "requiressl", "service", "ssl",
    "ssl_max_protocol_version", "ssl_min_protocol_version", "sslcert", "sslcertmode", "sslcompression",
    "sslcrl",
    "sslcrldir", "sslkey", "sslmode", "sslnegotiation", "sslrootcert", "sslsni", "target_session_attrs",
    "tcp_user_timeout", "user",
  ]

  static func isSecret(_ keyword: String) -> Bool { secret.contains(keyword) }

  /// Whether its value may be shown. What no libpq knows may be the rest of a password.
  static func isHarmless(_ keyword: String) -> Bool { harmless.contains(keyword) }
}
