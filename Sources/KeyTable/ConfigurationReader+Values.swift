import MissionCore
import YAML

extension ConfigurationReader {
  /// A secret file holds a key or a token; anything larger is a mistake.
  package static let largestSecretFile = 64 << 10

  /// The text of a single value with its variables filled in; nil when that failed.
  package mutating func text(
    of input: ValueInput, path: String, accepts: Message, isWord: Bool,
    join: ([Interpolation.Filled]) -> String = { $0.map(\.text).joined() }
  ) -> ResolvedText? {
    guard case .scalar(let raw, let isPlain) = input.node.content else {
      if case .refused = input.node.content { return nil }
      report(input, "\(path) \(accepts), got \(Self.shape(input.node))")
      return nil
    }
    guard let text = resolveVariables(raw, input, path: path, join: join) else { return nil }
    guard isWord || isPlain || !text.names.isEmpty else {
      report(input, "\(path) \(accepts), without quotes")
      return nil
    }
    if text.value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      let origin: Message = text.names.isEmpty ? "" : " (look at \(text.names.joined(separator: ", ")))"
      report(input, "\(path) must not hold line ends or control characters\(origin)")
      return nil
    }
    return text
  }

  private static func shape(_ node: YAMLNode) -> Message {
    if case .sequence = node.content { return "a list" }
    return "a mapping"
  }

  private mutating func resolveVariables(
    _ raw: String, _ input: ValueInput, path: String, join: ([Interpolation.Filled]) -> String
  ) -> ResolvedText? {
    if input.variable != nil { return ResolvedText(value: raw, names: [], emptyNames: []) }
    switch Interpolation.resolve(raw, environment: source.environment, join: join) {
    case .success(let text): return text
    case .failure(let faults):
      if faults.areOnlyMissing, isUnused(path) { return nil }
      for rule in faults.rules { report(input.node.mark, rule) }
      return nil
    }
  }

  // MARK: Secrets

  /// A text, or `{file: PATH}`. Neither the value nor any part of it is ever in a finding.
  package mutating func secret(
    _ input: ValueInput, path: String, join: ([Interpolation.Filled]) -> String = { $0.map(\.text).joined() }
  ) -> Outcome<Secret> {
    if case .mapping(let pairs) = input.node.content { return secretFile(pairs, input, path: path) }
    let accepts: Message = "must be a text or {file: PATH}"
    guard let text = text(of: input, path: path, accepts: accepts, isWord: true, join: join) else {
      return .refused
    }
    guard text.value.isEmpty else { return .value(Secret(text.value)) }
    guard text.emptyNames.isEmpty || isUnused(path) else {
      report(input, "\(path) is empty: set \(text.emptyNames.joined(separator: ", "))")
      return .refused
    }
    return .absent
  }

  private mutating func secretFile(_ pairs: [YAMLNode.Pair], _ input: ValueInput, path: String) -> Outcome<
    Secret
  > {
    for pair in pairs where pair.key != "file" {
      report(
        pair.keyMark,
        "unknown key \(path).\(UntrustedText.clean(pair.key, limit: 64)); only file is known here")
    }
    guard let file = pairs.first(where: { $0.key == "file" }) else {
      if pairs.isEmpty { report(input, "\(path) must be a text or {file: PATH}") }
      return .refused
    }
    guard pairs.count == 1 else { return .refused }
    let place = ValueInput(node: file.value)
    guard let name = text(of: place, path: "\(path).file", accepts: "must be a path", isWord: true) else {
      return .refused
    }
    guard !name.value.isEmpty else {
      report(place, "\(path).file must be a path")
      return .refused
    }
    switch readSecretFile(name.value) {
    case .success(let secret): return .value(secret)
    case .failure where isUnused(path): return .refused
    case .failure(let fault):
      report(place, "\(path).file: \(fault.message)")
      return .refused
    }
  }

  private struct SecretFault: Error { let message: Message }

  /// A relative file is looked for among the service's credentials first (systemd LoadCredential).
  private func readSecretFile(_ name: String) -> Result<Secret, SecretFault> {
    var candidates = [resolve(name)]
    if !name.hasPrefix("/"), let folder = source.environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty {
      candidates.insert("\(folder)/\(name)", at: 0)
    }
    for (index, candidate) in candidates.enumerated() {
      let shown = UntrustedText.clean(candidate)
      switch source.read(candidate, Self.largestSecretFile) {
      case .success(let bytes):
        return secret(of: bytes).map { .success($0) }
          ?? .failure(
            SecretFault(message: "\(shown) must hold one line of UTF-8 text, not empty"))
      case .failure(.missing) where index < candidates.count - 1: continue
      case .failure(let failure): return .failure(SecretFault(message: "\(shown) \(failure)"))
      }
    }
    return .failure(SecretFault(message: "no such file"))
  }

  /// Without the newline that editors put at the end.
  private func secret(of bytes: [UInt8]) -> Secret? {
    var bytes = bytes[...]
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard !bytes.isEmpty, !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }),
      let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    return Secret(text)
  }
}
