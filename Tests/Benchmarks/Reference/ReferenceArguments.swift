/// `--name value` pairs.
struct ReferenceArguments {
  private var values: [String: String] = [:]

  init(_ arguments: some Sequence<String>) {
    var name: String?
    for argument in arguments {
      if let known = name {
        values[known] = argument
        name = nil
      } else {
        name = String(argument.dropFirst(2))
      }
    }
  }

  func text(_ name: String) throws(BenchmarkFailure) -> String {
    guard let value = values[name] else { throw .usage("--\(name) is missing") }
    return value
  }

  func number(_ name: String) throws(BenchmarkFailure) -> Int {
    guard let number = Int(try text(name)) else { throw .usage("--\(name) must be a number") }
    return number
  }
}
