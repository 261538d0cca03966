import CProcessStart
import Files
import Glibc

/// A pipe that no program inherits by itself. Reading from it never waits.
package struct Pipe: Sendable {
  package let reading: Int32
  package let writing: Int32

  package init() throws(Errno) {
    var ends: [Int32] = [-1, -1]
    guard mc_pipe(&ends) == 0 else { throw .last }
    // The first three belong to the program's own input and outputs, also where ours are closed.
    for index in 0..<2 where ends[index] < 3 {
      let moved = fcntl(ends[index], F_DUPFD_CLOEXEC, 3)
      guard moved >= 0 else {
        let cause = Errno.last
        for end in ends { Glibc.close(end) }
        throw cause
      }
      Glibc.close(ends[index])
      ends[index] = moved
    }
    // Only our end: the program's own must wait.
    guard fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 else {
      let cause = Errno.last
      for end in ends { Glibc.close(end) }
      throw cause
    }
    (reading, writing) = (ends[0], ends[1])
  }

  package func close() {
    Glibc.close(reading)
    Glibc.close(writing)
  }
}
