import Glibc

/// Measures the programs against plain ways of doing the same work, as separate processes on this machine.
///
/// `Harness` starts programs and prints the table, `Measures` has one benchmark a file, `Reference` the plain
/// ways: libcurl, SQLite and a byte loop, without journal states, retries, recovery or limits. A reference runs as
/// a copy of this program, so that its processor time and memory are counted as the product's are. `Uploads` and
/// `Loading` are the product's upload and load paths alone, for the comparison with programs that others wrote.
@main
enum BenchmarksProgram {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if let name = arguments.first, name.hasPrefix(BareProgram.prefix) {
        try BareProgram.run(name, ReferenceArguments(arguments.dropFirst()))
      } else if arguments.first == Uploader.word {
        try Uploader.run(ReferenceArguments(arguments.dropFirst()))
      } else if arguments.first == Loader.word {
        try Loader.run(ReferenceArguments(arguments.dropFirst()))
      } else {
        try measure(Options(arguments))
      }
    } catch let failure as BenchmarkFailure {
      Console.say("benchmarks: \(failure.reason)")
      exit(failure.isUsage ? EX_USAGE : EXIT_FAILURE)
    } catch {
      Console.say("benchmarks: \(error)")
      exit(EXIT_FAILURE)
    }
  }

  private static func measure(_ options: Options) throws {
    if options.showsHelp { return print(Options.help, terminator: "") }
    var figures: [Figure] = []
    for name in options.names {
      Console.say("\(name.rawValue) …")
      figures += try name.benchmark(Laboratory(options, name: name.rawValue)).figures()
    }
    print(Table(figures: figures, judges: !options.isQuick).text, terminator: "")
  }
}
