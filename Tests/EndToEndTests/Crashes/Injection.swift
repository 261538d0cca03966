/// What strace is to do to the N-th of some system calls of a thread.
struct Injection: Hashable, Sendable, CustomStringConvertible {
  enum Harm: String, Sendable {
    case kill = "signal=SIGKILL"
    case noSpace = "error=ENOSPC"
    case inputOutput = "error=EIO"
  }

  let call: String
  /// Below the state folder; nil for any.
  let file: String?
  let nth: Int
  let harm: Harm
  /// The harm lasts from the N-th on.
  var lasts = false

  var description: String {
    "\(call)\(file.map { " of \($0)" } ?? ""), \(nth)\(lasts ? " and later" : ""), \(harm.rawValue)"
  }

  /// The command line before that of the program; what was injected is told in `output`.
  func tracer(state: String, output: String) -> [String] {
    let when = "\(nth)\(lasts ? "+" : "")"
    let path = file.map { ["-P", "\(state)/\($0)"] } ?? []
    // A signal comes to a stopped call only when strace stops at each of them.
    let speed = harm == .kill ? [] : ["--seccomp-bpf"]
    return ["/usr/bin/strace", "-f"] + speed + ["-qq", "-o", output, "-e", "trace=\(call)"] + path
      + ["-e", "inject=\(call):\(harm.rawValue):when=\(when)"]
  }
}
