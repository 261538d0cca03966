import JSONStream
import KeyTable
import MissionCore

extension Codec where Value == TableName {
  /// The table of the destination that records go to.
  package static var recordTable: Codec {
    .scalar(
      .text, accepts: "must be the name of a table",
      parse: { text, _ in
        guard let name = TableName(text) else { return .refused(TableName.fault(of: text)) }
        return .value(name)
      }, render: { .text($0.description) })
  }
}

extension Codec where Value == JSONPointer {
  /// Where a record has its id. The record itself is none.
  package static var recordID: Codec {
    .scalar(
      .text, accepts: "must be a JSON Pointer from a record to its id, like /id or /key/0",
      parse: { text, _ in
        guard let pointer = JSONPointer(text), !pointer.isWhole else { return .refused(nil) }
        return .value(pointer)
      }, render: { .text($0.description) })
  }
}
