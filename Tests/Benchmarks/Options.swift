/// What the command line of the benchmarks can say.
struct Options {
  var names = BenchmarkName.allCases
  var isQuick = false
  var showsHelp = false
  /// Where state and mission files go: a folder on a disk, because journals and databases sync to it.
  var folder = ""
  /// Where the simulator keeps objects: in memory where possible, so that its writing is not what is measured.
  var store = ""
  /// The Python environment with `rclone` and `s5cmd`; only `uploads` needs it.
  var servers = ""
  /// How libpq reaches a PostgreSQL of the benchmark's own, as its superuser; only `loading` needs it.
  var postgres = ""
  /// The library that Tests/disk-meter.c makes; only `costs` needs it.
  var meter = ""
  var amounts: Amounts { isQuick ? .quick : .full }

  static let help = """
    usage: Benchmarks --folder DIR --store DIR [--quick] [NAME…]

    NAME is \(BenchmarkName.allCases.map(\.rawValue).joined(separator: ", ")); without one, all run.
    --folder DIR  an empty folder on a disk for journals, databases and mission files
    --store DIR   an empty folder for the simulated store's objects, best in memory
    --servers DIR a folder whose bin/ holds rclone and s5cmd, for uploads
    --postgres TEXT  a connection string of libpq for an empty database, for loading
    --disk-meter FILE  the library of Tests/disk-meter.c, for costs
    --quick       small amounts, to see that everything works; the figures mean little

    Tests/bench.sh builds everything, makes the folders and removes them.

    """

  init(_ arguments: [String]) throws(BenchmarkFailure) {
    var names: [BenchmarkName] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--quick": isQuick = true
      case "--help": showsHelp = true
      case "--folder": folder = rest.popFirst() ?? ""
      case "--store": store = rest.popFirst() ?? ""
      case "--servers": servers = rest.popFirst() ?? ""
      case "--disk-meter": meter = rest.popFirst() ?? ""
      case "--postgres": postgres = rest.popFirst() ?? ""
      default:
        guard let name = BenchmarkName(rawValue: argument) else {
          throw .usage("\(argument) is no benchmark and no option; --help lists them")
        }
        names.append(name)
      }
    }
    if !names.isEmpty { self.names = names }
    guard showsHelp || folder.hasPrefix("/") && store.hasPrefix("/") else {
      throw .usage("--folder and --store need absolute paths; Tests/bench.sh gives them")
    }
  }
}
