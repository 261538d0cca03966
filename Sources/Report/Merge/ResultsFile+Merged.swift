import JSONStream

extension ResultsFile {
  /// A merged report, in the same form.
  package static func stream(_ merged: MergedReport, to write: ([UInt8]) throws -> Void) throws {
    var json = JSONWriter(reservingCapacity: chunkSize + 8192)
    ResultsJSON.begin(merged.summary, &json)
    try merged.eachMission { mission in
      ResultsJSON.add(mission, &json)
      if json.bytes.count >= chunkSize { try write(json.drain()) }
      return true
    }
    try write(ResultsJSON.end(merged.summary, &json))
  }
}
