import Glibc

/// Where one benchmark finds the programs and puts its folders.
struct Laboratory {
  let amounts: Amounts
  private let name: String
  private let folder: String
  private let store: String
  private let programs: String
  private let servers: String
  private let postgres: String
  private let meter: String

  init(_ options: Options, name: String) throws(BenchmarkFailure) {
    amounts = options.amounts
    self.name = name
    folder = options.folder
    store = options.store
    servers = options.servers
    postgres = options.postgres
    meter = options.meter
    // The programs lie beside this one.
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard readlink("/proc/self/exe", &path, path.count - 1) > 0 else { throw .system("/proc/self/exe") }
    programs = String(cString: dirname(&path))
    for program in ["mission-control", "mission-simulator"] where access(self.program(program), X_OK) != 0 {
      throw BenchmarkFailure("\(self.program(program)) is not built: Tests/bench.sh builds it")
    }
  }

  func program(_ name: String) -> String { "\(programs)/\(name)" }

  /// A program that others wrote.
  func server(_ name: String) throws(BenchmarkFailure) -> String {
    let path = "\(servers)/bin/\(name)"
    guard access(path, X_OK) == 0 else {
      throw BenchmarkFailure("\(name) is missing in --servers \(servers): Tests/servers.sh installs it")
    }
    return path
  }

  /// How libpq reaches the database.
  func database() throws(BenchmarkFailure) -> String {
    guard !postgres.isEmpty else { throw BenchmarkFailure("--postgres is missing: Tests/bench.sh gives it") }
    return postgres
  }

  /// The library that counts what a program asks of the disk.
  func diskMeter() throws(BenchmarkFailure) -> String {
    guard access(meter, R_OK) == 0 else {
      throw BenchmarkFailure("--disk-meter is missing: Tests/bench.sh builds and gives it")
    }
    return meter
  }

  /// A new empty folder on the disk, and the path of one for a store.
  func site(_ label: String) throws(BenchmarkFailure) -> Site {
    let path = "\(folder)/\(name)-\(label)"
    try TextFile.makeFolder(path)
    return Site(laboratory: self, path: path, store: "\(store)/\(name)-\(label)")
  }
}
