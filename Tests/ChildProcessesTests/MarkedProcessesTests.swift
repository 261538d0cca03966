import Testing

@testable import ChildProcesses

@Suite("Which processes belong to a program", .timeLimit(.minutes(1)))
struct MarkedProcessesTests {
  private let ourselves: Int32 = 10

  private func process(
    _ id: Int32, parent: Int32 = 10, session: Int32 = 1, group: Int32? = nil, marked: Bool? = false,
    isEnded: Bool = false
  ) -> ProcessFacts {
    ProcessFacts(
      id: id, parent: parent, session: session, group: group ?? session, startTime: 5, isEnded: isEnded,
      carriesMarker: marked)
  }

  private func chosen(
    _ all: [ProcessFacts], program: Int32? = 20, ourselves: Int32? = nil, others: Set<Int32> = []
  ) -> [Int32] {
    MarkedProcesses.choose(
      all, program: program, ourselves: ourselves ?? self.ourselves, ourSession: 1, others: others
    ).map(
      \.id)
  }

  @Test("whoever carries the marker, wherever it hangs")
  func marker() {
    #expect(chosen([process(30, parent: 1, marked: true), process(31, parent: 1)], program: nil) == [30])
  }

  @Test("whoever is in the program's session or group, marker or not")
  func sessions() {
    let all = [process(20, session: 20), process(30, session: 20), process(31, session: 7, group: 20)]
    #expect(chosen(all) == [20, 30, 31])
  }

  @Test("descendants of those, in whatever order they are listed, also with a hidden environment")
  func descendants() {
    let all = [
      process(33, parent: 32, marked: nil), process(32, parent: 31), process(31, parent: 1, marked: true),
    ]
    #expect(chosen(all, program: nil) == [33, 32, 31])
  }

  @Test("never ourselves, nor other programs of ours")
  func spared() {
    let all = [process(10, parent: 1, session: 20, marked: true), process(40, session: 40, marked: true)]
    #expect(chosen(all, others: [40]) == [])
  }

  @Test("orphans that hide their environment only while nothing else of ours runs")
  func hidden() {
    let all = [
      process(50, parent: 10, session: 50, marked: nil), process(51, parent: 1, session: 51, marked: nil),
      // Another part of the program started this one.
      process(52, parent: 10, session: 1, marked: nil),
    ]
    #expect(chosen(all, others: [40]) == [])
    #expect(chosen(all) == [50])
  }

  @Test("orphans with another environment, too, unless those of everybody come to us")
  func cleared() {
    let all = [process(50, parent: 10, session: 50), process(51, parent: 50, session: 51)]
    #expect(chosen(all) == [50, 51])
    #expect(chosen(all, others: [40]) == [])
    #expect(chosen([process(50, parent: 1, session: 50)], ourselves: 1) == [])
    #expect(chosen([process(50, parent: 1, session: 50, marked: nil)], ourselves: 1) == [50])
  }

  @Test("what has ended already needs no signal, what it left behind does")
  func ended() {
    let all = [process(20, session: 20, isEnded: true), process(30, parent: 20, session: 30)]
    #expect(chosen(all) == [30])
  }

  @Test("a process's line is read whatever its name is")
  func line() {
    let fields = "S 1 22 23 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 9876 2 3"
    for name in ["sh", "a) S 9 9 (b", "x\ny", ""] {
      let facts = ProcessFacts.parse(stat: Array("42 (\(name)) \(fields)\n".utf8))?
        .showing(Array("A=1\0M=2\0".utf8), markers: [Array("M=2".utf8)])
      #expect(
        facts
          == ProcessFacts(id: 42, parent: 1, session: 23, group: 22, startTime: 9876, carriesMarker: true))
    }
    #expect(ProcessFacts.parse(stat: Array("42 (sh) S 1".utf8)) == nil)
  }
}
