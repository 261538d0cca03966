import KeyTable
import Kind
import Kinds

// The sections of the destinations, of which exactly one may be there.

extension Key where Section == Configuration {
  private static var databaseName: String { "storage_db" }
  private static var names: [String] { [databaseName] + Kinds.destinations.map { $0.name } }

  /// The key of the databases' section, which variables of the environment may fill when no other is written.
  static var database: Key {
    let section = Codec<Configuration.StorageDB>.section
    return Key(
      databaseName, kind: section.kind, databaseText,
      read: { configuration, pair, reader, path in
        let written = names.filter(reader.writtenKeys.contains)
        guard pair != nil || written.isEmpty else { return }
        let outcome = reader.outcome(of: section, pair: pair, path: path, environment: [], isRequired: false)
        if case .value(let database) = outcome { configuration.storageDB = database }
      },
      render: { $0.otherDestination == nil ? section.render($0.storageDB) : nil },
      secrets: { section.secrets($0.storageDB) })
  }

  /// The key of another destination's section.
  static func destination(_ section: any DestinationSection.Type) -> Key { key(ofDestination: section) }

  private static func key<Destination: DestinationSection>(ofDestination section: Destination.Type) -> Key {
    Key(
      Destination.name, kind: .section(Destination.described), Destination.documentation,
      read: { configuration, pair, reader, path in
        guard let pair else { return }
        if let first = names.first(where: reader.writtenKeys.contains), first != Destination.name {
          return reader.report(
            pair.keyMark,
            "\(Destination.name) cannot stand beside \(first): exactly one of \(names.joined(separator: ", "))"
          )
        }
        let outcome = reader.outcome(
          of: Codec<Destination>.section, pair: pair, path: path, environment: [], isRequired: false)
        if case .value(let destination) = outcome { configuration.otherDestination = destination }
      }, render: { ($0.otherDestination as? Destination)?.effective.rendered },
      secrets: { ($0.otherDestination as? Destination)?.secretsOfTable ?? [] })
  }
}
