/// The rows of results in a table as the product's, by one prepared insert in one transaction. Writes the seconds that
/// this took; making the results does not count.
enum BareLoad {
  static func run(_ arguments: ReferenceArguments) throws(BenchmarkFailure) {
    let database = try BareDatabase.durable(
      try arguments.text("folder") + "/bare.sqlite",
      """
      CREATE TABLE ads (mission_id TEXT NOT NULL, ad_id TEXT NOT NULL, position INTEGER NOT NULL, data TEXT NOT NULL,
        PRIMARY KEY (mission_id, ad_id)) STRICT
      """)
    let insert = try database.prepare("INSERT INTO ads VALUES (?, ?, ?, ?)")
    let (results, ads) = (try arguments.number("results"), try arguments.number("ads"))
    try database.execute("BEGIN")
    var seconds = 0.0
    for number in 0..<results {
      let result = AdsResult(number: number, count: ads)
      let began = Clock.seconds()
      let mission = "00000000-0000-8000-8000-\(String(100_000_000_000 + number))"
      insert.bind(mission, at: 1)
      try result.bytes.withUnsafeBufferPointer { (bytes) throws(BenchmarkFailure) in
        let bytes = UnsafeRawBufferPointer(bytes)
        for (position, ad) in result.ads.enumerated() {
          insert.bind(UnsafeRawBufferPointer(rebasing: bytes[ad.id]), at: 2)
          insert.bind(position, at: 3)
          insert.bind(UnsafeRawBufferPointer(rebasing: bytes[ad.data]), at: 4)
          try insert.run()
        }
      }
      seconds += Clock.seconds() - began
    }
    let began = Clock.seconds()
    try database.execute("COMMIT")
    seconds += Clock.seconds() - began
    try expect(try database.integer("SELECT count(*) FROM ads"), results * ads, "bare rows")
    print(seconds)
  }
}
