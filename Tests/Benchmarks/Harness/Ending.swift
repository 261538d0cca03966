/// How a program ends.
enum Ending: Equatable, CustomStringConvertible {
  case code(Int32)
  case signal(Int32)

  var description: String {
    switch self {
    case .code(let code): return "exit code \(code)"
    case .signal(let number): return "signal \(number)"
    }
  }
}
