import ChildProcesses
import Glibc
import MissionCore

/// What a program's end means for its mission: a decision alone.
enum ProgramVerdict: Equatable {
  /// Its result is to be read.
  case result
  case empty
  case look(JobLook)
  case failure(SourceFailure)

  /// - Parameters:
  ///   - broken: why it was ended from here; nil when it ended by itself.
  ///   - said: the last line of its standard error, cleaned and masked; nil when there is none.
  init(_ end: ChildEnd, broken: SourceFailure? = nil, exits: ProgramExits, said: String?) {
    if let broken {
      self = .failure(broken)
      return
    }
    let words = said.map { ": \($0)" } ?? ""
    switch end {
    case .exited(0): self = .result
    case .exited(let code) where exits.empty.contains(code): self = .empty
    case .exited(let code) where exits.wait.contains(code):
      self = .look(.putOff(message: "the program asks to be started again later (exit code \(code))\(words)"))
    case .exited(let code) where exits.stop.contains(code):
      let message: Message = "the program cannot work for any mission (exit code \(code))\(words)"
      self = .failure(SourceFailure(.unavailable, message))
    case .exited(let code):
      self = .look(.failed(message: "the program ended with exit code \(code)\(words)"))
    case .killed(let signal):
      let name = strsignal(signal).map { String(cString: $0) } ?? ""
      self = .look(.cancelled(message: "the program was ended by signal \(signal) (\(name))\(words)"))
    case .unknown: self = .look(.failed(message: "it is not known how the program ended\(words)"))
    }
  }
}
