import CommandSource
import FolderStore
import HTTPSource
import HTTPStore
import Kind
import PostgresDestination
import S3Store
import SQLiteDestination
import WorkerSource
import WriterDestination

/// The one list of all kinds. Nothing else names them.
package enum Kinds {
  /// Of sources each says its own in the configuration; the first is meant when nothing is written.
  package static let sources: [any SourceSection.Type] = [
    WorkerSection.self, HTTPSection.self, CommandSection.self,
  ]

  /// Of databases the first that takes a connection string has it; the last judges what no other takes.
  package static let databases: [any DatabaseKind.Type] = [SQLiteDatabase.self, PostgresConnection.self]

  /// What may stand instead of a database; of all destinations exactly one is written in the configuration.
  package static let destinations: [any DestinationSection.Type] = [WriterSection.self]

  /// Of stores exactly one is written in the configuration; the first is meant when none is.
  package static let stores: [any StoreSection.Type] = [
    S3Section.self, FolderSection.self, HTTPStoreSection.self,
  ]
}
