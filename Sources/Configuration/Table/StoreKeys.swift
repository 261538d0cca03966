import KeyTable
import Kind
import Kinds

// The sections of the stores, of which exactly one may be there.

extension Key where Section == Configuration {
  /// The key of a store's section.
  static func store(_ section: any StoreSection.Type) -> Key { key(of: section) }

  private static func key<Store: StoreSection>(of section: Store.Type) -> Key {
    Key(
      Store.name, kind: .section(Store.described), Store.documentation,
      read: { configuration, pair, reader, path in
        let written = Kinds.stores.map { $0.name }.filter(reader.writtenKeys.contains)
        if let pair, let first = written.first, first != Store.name {
          let names = Kinds.stores.map { $0.name }.joined(separator: ", ")
          return reader.report(
            pair.keyMark, "\(Store.name) cannot stand beside \(first): exactly one of \(names)")
        }
        // Without any, variables of the environment may still fill the first.
        guard pair != nil || (written.isEmpty && Kinds.stores[0] == Store.self) else { return }
        let outcome = reader.outcome(
          of: Codec<Store>.section, pair: pair, path: path, environment: [], isRequired: false)
        if case .value(let store) = outcome { configuration.store = store }
      }, render: { ($0.store as? Store)?.effective.rendered },
      secrets: { ($0.store as? Store)?.secretsOfTable ?? [] })
  }
}
