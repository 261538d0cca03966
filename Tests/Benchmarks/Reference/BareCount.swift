/// Counts a journal's missions by status, as one would without tallies.
enum BareCount {
  static func run(_ arguments: ReferenceArguments) throws(BenchmarkFailure) {
    let database = try BareDatabase(try arguments.text("journal"))
    let statement = try database.prepare("SELECT status, count(*) FROM missions GROUP BY status")
    while try statement.step() { print(statement.integer(0), statement.integer(1)) }
  }
}
