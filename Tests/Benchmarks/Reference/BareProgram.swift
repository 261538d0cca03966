/// The references, as this program's own commands: `reference-missions` and so on.
enum BareProgram: String {
  case missions, large, insert, count, waiting, load, programs

  static let prefix = "reference-"
  var word: String { Self.prefix + rawValue }

  static func run(_ word: String, _ arguments: ReferenceArguments) throws {
    switch BareProgram(rawValue: String(word.dropFirst(prefix.count))) {
    case .missions: try BareMissions(arguments).run()
    case .large: try BareLargeResult.run(arguments)
    case .insert: try BareInsert.run(arguments)
    case .count: try BareCount.run(arguments)
    case .waiting: try BareWaiting(arguments).run()
    case .load: try BareLoad.run(arguments)
    case .programs: try BarePrograms.run(arguments)
    case nil: throw BenchmarkFailure.usage("\(word) is no reference")
    }
  }
}
