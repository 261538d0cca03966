import Glibc
import MissionCore
import Ports
import PostgresDestination
import SQLiteDestination
import Spool
import Threads

/// The product's loading as a program of its own: results one after the other into a destination, over one connection.
/// Writes the seconds that loading took; making the results does not count.
enum Loader {
  static let word = "load"

  static func run(_ arguments: ReferenceArguments) throws {
    let destination = try destination(arguments)
    let ads = try arguments.number("ads")
    var seconds = 0.0
    for number in 0..<(try arguments.number("results")) {
      let request = request(number, ads)
      let began = Clock.seconds()
      let outcome = try Answer.of { destination.load(request, reply: $0) }.get()
      seconds += Clock.seconds() - began
      try expect(outcome.rows, ads, "rows of a result")
    }
    destination.close()
    print(seconds)
  }

  private static func destination(_ arguments: ReferenceArguments) throws -> any Destination {
    guard let path = try? arguments.text("sqlite") else {
      var settings = PostgresSettings(connectionString: Secret(try arguments.text("postgres")))
      settings.connectionLimit = 1
      return try PostgresDestination(settings)
    }
    return try SQLiteDestination(path: path, busyTimeout: .seconds(10), statementTimeout: .seconds(600))
  }

  private static func request(_ number: Int, _ ads: Int) -> LoadRequest {
    let mission = MissionID(high: UInt64(number) << 32 | 0x8000, low: 1 << 63 | UInt64(number))
    let day = CalendarDay(daysSinceEpoch: Int32(20_000 + number))
    return LoadRequest(
      mission: mission,
      parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
      runID: "benchmark",
      result: SpooledResult(
        mission: mission, inMemory: AdsResult(number: number, count: ads).bytes, adsCount: ads),
      at: Timestamp(milliseconds: 0))
  }
}
