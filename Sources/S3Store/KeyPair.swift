import KeyTable
import MissionCore

/// The rule that an access key and a secret key are one account's: variables of two families are never mixed, because a
/// store would only say that the signature is wrong.
struct KeyPair {
  /// Of the section, with its dot.
  let path: String

  /// The variables of one family.
  private struct Family {
    let access: String
    let secret: String

    static let all = [
      Family(access: "S3_ACCESS_KEY", secret: "S3_SECRET_KEY"),
      Family(access: "AWS_ACCESS_KEY_ID", secret: "AWS_SECRET_ACCESS_KEY"),
    ]
  }

  private var accessPath: String { path + "access_key" }
  private var secretPath: String { path + "secret_key" }

  func check(_ accessKey: Secret, _ secretKey: Secret, _ reader: inout ConfigurationReader) {
    guard !reader.isRefused(accessPath), !reader.isRefused(secretPath) else { return }
    let access = origin(accessPath, reader, \.access)
    let secret = origin(secretPath, reader, \.secret)
    if let access, let secret, access.access != secret.access {
      let rule: Message = "\(accessPath) comes from \(access.access) and \(secretPath) from \(secret.secret)"
      return reader.report(
        at: secretPath,
        "\(rule), which are of two accounts; set \(access.secret), or \(secret.access) and not \(access.access)"
      )
    }
    // One half is written, the other comes from a variable whose own other half is another key.
    if access == nil, let secret, reader.variables[secretPath] != nil,
      let other = value(secret.access, reader), other != accessKey.reveal()
    {
      let rule: Message = "\(secretPath) comes from \(secret.secret), which belongs to \(secret.access)"
      reader.report(
        at: secretPath, "\(rule) and not to the access_key that is written; write its secret_key too")
    }
    if secret == nil, let access, reader.variables[accessPath] != nil,
      let other = value(access.secret, reader), other != secretKey.reveal()
    {
      let rule: Message = "\(accessPath) comes from \(access.access), which belongs to \(access.secret)"
      reader.report(
        at: accessPath, "\(rule) and not to the secret_key that is written; write its access_key too")
    }
  }

  private func value(_ name: String, _ reader: ConfigurationReader) -> String? {
    reader.source.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The family whose variable a key's value comes from, as a fall-back or by its name in the file.
  private func origin(
    _ path: String, _ reader: ConfigurationReader, _ name: (Family) -> String
  ) -> Family? {
    let names = reader.variables[path].map { [$0] } ?? reader.namedVariables[path] ?? []
    return Family.all.first { names.contains(name($0)) }
  }
}
