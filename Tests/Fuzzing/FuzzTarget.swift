import Glibc

/// Code that is given any bytes, and what must hold whatever they are.
protocol FuzzTarget: Sendable {
  static var name: String { get }
  /// Inputs to begin with, so that the interesting parts are reached at once.
  static var seeds: [String] { get }
  /// Words that mutations may put in.
  static var words: [String] { get }
  /// Carries the code out on `bytes`; `require` ends the process where something does not hold.
  static func take(_ bytes: UnsafeRawBufferPointer)
}

/// Ends the process as a crash would, so that the fuzzer keeps the input.
func require(_ condition: Bool, _ what: @autoclosure () -> String) {
  guard !condition else { return }
  say("does not hold: \(what())")
  abort()
}

func say(_ text: String) {
  let bytes = Array("\(text)\n".utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

func fail(_ text: String) -> Never {
  say(text)
  exit(64)
}

enum FuzzTargets {
  static let all: [any FuzzTarget.Type] = [
    CSVTarget.self, YAMLTarget.self, JSONTarget.self, StoreErrorTarget.self, WorkerAnswerTarget.self,
    ResponseTarget.self, FormatsTarget.self, JobsAnswerTarget.self,
  ]

  static func named(_ name: String) -> any FuzzTarget.Type {
    if let target = all.first(where: { $0.name == name }) { return target }
    fail("\(name) is no target; there are \(all.map { $0.name }.joined(separator: ", "))")
  }

  /// One file a seed.
  static func writeSeeds(of target: any FuzzTarget.Type, to folder: String) {
    for (number, seed) in target.seeds.enumerated() {
      guard let file = fopen("\(folder)/seed-\(number)", "w") else { continue }
      let bytes = Array(seed.utf8)
      fwrite(bytes, 1, bytes.count, file)
      fclose(file)
    }
  }

  /// The words in the form of libFuzzer's dictionaries.
  static func dictionary(of target: any FuzzTarget.Type) -> String {
    target.words.map { word in
      let text = word.utf8.map { byte -> String in
        let isPlain = (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        if isPlain { return String(Character(Unicode.Scalar(byte))) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "\\x" + (digits.count == 1 ? "0" : "") + digits
      }
      return "\"\(text.joined())\"\n"
    }.joined()
  }
}
