import Glibc
import MissionCore
import Ports
import PostgresDestination
import SQLiteDestination
import Spool
import Synchronization

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
      let outcome = try load(request, destination).get()
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

  private static func load(_ request: LoadRequest, _ destination: any Destination)
    -> Result<LoadOutcome, DestinationError>
  {
    let answer = Answer()
    destination.load(request) { answer.give($0) }
    return answer.wait()
  }

  private final class Answer: @unchecked Sendable {
    // @unchecked: the semaphore is made for use by several threads.
    private let value = Mutex<Result<LoadOutcome, DestinationError>?>(nil)
    private let done = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(done, 0, 0) }

    deinit {
      sem_destroy(done)
      done.deallocate()
    }

    func give(_ value: Result<LoadOutcome, DestinationError>) {
      self.value.withLock { $0 = value }
      sem_post(done)
    }

    func wait() -> Result<LoadOutcome, DestinationError> {
      // Interrupted waits are waited again.
      while sem_wait(done) != 0 {}
      return value.withLock { $0! }
    }
  }
}
