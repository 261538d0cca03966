import KeyTable
import Kind
import Kinds
import MissionCore

extension Codec where Value == (any DatabaseKind)? {
  /// A connection string of any kind: a text, or `{file: PATH}`.
  static var connectionString: Codec {
    Codec(
      kind: .secret,
      read: { reader, input, path in
        switch reader.secret(input, path: path, join: join) {
        case .absent: return .absent
        case .refused: return .refused
        case .value(let text):
          do throws(ConnectionFault) { return .value(try read(text, reader)) } catch {
            reader.report(input, "\(path) \(error.rule)")
            return .refused
          }
        }
      }, render: { .text($0?.maskedText ?? "") }, secrets: { $0?.secrets ?? [] })
  }

  private static func join(_ parts: [Interpolation.Filled]) -> String {
    Kinds.databases.lazy.compactMap { $0.join(parts) }.first ?? parts.map(\.text).joined()
  }

  private static func read(
    _ text: Secret, _ reader: ConfigurationReader
  ) throws(ConnectionFault) -> (any DatabaseKind)? {
    for kind in Kinds.databases {
      if let database = try kind.read(text.reveal(), resolvingPath: reader.resolve) { return database }
    }
    return nil
  }
}
