import Crypto
import Glibc

/// The rows of a mission file in one table: a line split at its commas, the first 16 bytes of its SHA-256 as the
/// key, one transaction.
enum BareInsert {
  static func run(_ arguments: ReferenceArguments) throws(BenchmarkFailure) {
    let path = try arguments.text("missions")
    let database = try BareDatabase.durable(
      try arguments.text("folder") + "/bare.sqlite",
      """
      CREATE TABLE missions (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, date_start TEXT, date_end TEXT,
        media_type TEXT, languages TEXT)
      """)
    let insert = try database.prepare(
      "INSERT INTO missions (id, date_start, date_end, media_type, languages) VALUES (?, ?, ?, ?, ?)")
    guard let file = fopen(path, "r") else { throw .system(path) }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    guard getline(&line, &capacity, file) > 0 else { throw .system(path) }
    try database.execute("BEGIN")
    while case let count = getline(&line, &capacity, file), count > 0 {
      try take(UnsafeRawBufferPointer(start: line, count: count - 1), insert)
    }
    try database.execute("COMMIT")
    try expect(
      try database.integer("SELECT count(*) FROM missions"), try arguments.number("rows"), "bare rows")
  }

  private static func take(_ line: UnsafeRawBufferPointer, _ insert: BareStatement) throws(BenchmarkFailure) {
    let digest = SHA256.digest(of: line)
    var start = 0
    var column: Int32 = 2
    for index in 0...line.count where index == line.count || line[index] == UInt8(ascii: ",") {
      insert.bind(UnsafeRawBufferPointer(rebasing: line[start..<index]), at: column)
      (start, column) = (index + 1, column + 1)
    }
    let result = digest.withUnsafeBytes { bytes in
      Result { () throws(BenchmarkFailure) in
        insert.bind(blob: UnsafeRawBufferPointer(rebasing: bytes[..<16]), at: 1)
        try insert.run()
      }
    }
    try result.get()
  }
}
