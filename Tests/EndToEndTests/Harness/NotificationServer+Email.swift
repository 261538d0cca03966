import TestServers

extension NotificationServer {
  /// `email` of a section `notify`, with its password in `MAIL_PASSWORD`.
  var emailSection: String {
    """
      email:
        server: localhost:\(port("starttls"))
        username: operator
        password: ${MAIL_PASSWORD}
        from: mission-control@example.com
        to: [night@example.com]
        events: [success, partial, failure]
        ca_file: \(authority.certificateFile)
    """
  }
}
