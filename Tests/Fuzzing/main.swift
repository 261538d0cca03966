// Fuzzing TARGET [libFuzzer's options and folders], or Fuzzing --targets | --seeds TARGET FOLDER | --words TARGET.
// Tests/fuzz.sh builds it with -sanitize=fuzzer and runs every target.
import Glibc

/// libFuzzer's loop; it calls back with one input after the other and ends the process itself.
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

// Set once, before the fuzzer's loop begins; a C callback cannot carry it.
nonisolated(unsafe) var chosen: any FuzzTarget.Type = JSONTarget.self

let words = CommandLine.arguments.dropFirst()
switch words.first {
case "--targets": print(FuzzTargets.all.map { $0.name }.joined(separator: "\n"))
case "--words": print(FuzzTargets.dictionary(of: FuzzTargets.named(words.last!)), terminator: "")
case "--seeds" where words.count == 3:
  FuzzTargets.writeSeeds(of: FuzzTargets.named(words.dropFirst().first!), to: words.last!)
case let name?:
  chosen = FuzzTargets.named(name)
  // libFuzzer wants the program's name first, then its own options.
  var arguments: [UnsafeMutablePointer<CChar>?] = ([CommandLine.arguments[0]] + words.dropFirst()).map {
    strdup($0)
  }
  var count = Int32(arguments.count)
  arguments.append(nil)
  let status = arguments.withUnsafeMutableBufferPointer { buffer in
    var start = buffer.baseAddress
    return withUnsafeMutablePointer(to: &start) { place in
      runFuzzer(&count, place) { bytes, length in
        chosen.take(UnsafeRawBufferPointer(start: bytes, count: length))
        return 0
      }
    }
  }
  exit(status)
case nil:
  fail("usage: Fuzzing TARGET [OPTIONS OF LIBFUZZER] [FOLDERS]")
}
