import MissionCore
import Synchronization
import Testing

@testable import Report

@Suite("Progress", .timeLimit(.minutes(5)))
struct ProgressTests {
  private var state: ProgressState {
    var state = ProgressState()
    state.total = 365
    state.done = 120
    state.failed = 2
    state.ratePerSecond = 1.25
    state.secondsLeft = 194
    state.workers = [
      .init(worker: "worker-1", texts: ["2025-03-01 video pt, SCRAPE 42 s", "2025-03-02 video pt, DB"]),
      .init(worker: "w2", texts: ["2025-03-03 evil\u{1B}[2J\u{202E} text"]),
    ]
    return state
  }

  @Test("a headline and a line for each thing a worker does")
  func lines() {
    #expect(
      ProgressView().lines(state, width: 100) == [
        "[########················] 33%  120/365 done, 2 failed, 1.3/s, 3m 14s left",
        "  worker-1  2025-03-01 video pt, SCRAPE 42 s",
        "  worker-1  2025-03-02 video pt, DB",
        "  w2        2025-03-03 evil[2J text",
      ])
  }

  @Test("what waits for a later run, retries, repeated errors and the backfill are told beside it")
  func everything() {
    var state = state
    state.workers = []
    state.parked = 12
    state.retries = 3
    state.failures = [.init(code: "ERROR400", count: 16), .init(code: "ERROR203", count: 2)]
    state.backfill = .init(done: 1079, total: 1095)
    #expect(
      ProgressView().lines(state, width: 120) == [
        "[########················] 33%  120/365 done, 2 failed, 3 retries, 12 wait for a later run, 1.3/s, 3m 14s left",
        "  ERROR400 × 16, ERROR203 × 2",
        "  The backfill: 1,079/1,095 done, 98%",
      ])
    let colored = ProgressView(paint: .init(bad: { "<\($0)>" }, soft: { "(\($0))" }))
    #expect(colored.lines(state, width: 20)[1...] == ["<  ERROR400 × 16, ER…>", "(  The backfill: 1,0…)"])
    #expect(ProgressView().lines(state, width: 80, height: 1).count == 1)
  }

  @Test("no line is wider than the terminal", arguments: [10, 20, 37, 60, 200])
  func width(width: Int) {
    for line in ProgressView().lines(state, width: width) { #expect(DisplayColumns.count(of: line) <= width) }
  }

  @Test("many workers are summed up in one line")
  func manyWorkers() {
    var state = state
    state.workers = (0..<100).map { ProgressState.Activity(worker: "w\($0)", texts: ["busy"]) }
    let lines = ProgressView().lines(state, width: 80)
    #expect(lines.count == 1 + ProgressView.mostActivities)
    #expect(lines.last == "  … and 85 more")
  }

  @Test("on a wide terminal the bar is longer, and workers that are too many stand in columns")
  func wide() {
    var state = state
    state.workers = (0..<40).map {
      ProgressState.Activity(worker: "worker-\($0)", texts: ["2025-03-01 video pt, scraping 42 s"])
    }
    let lines = ProgressView().lines(state, width: 200)
    #expect(lines[0].hasPrefix("[") && lines[0].prefix { $0 != "]" }.count == 51)
    #expect(lines.count == 1 + 14, "40 in three columns")
    #expect(
      lines[1].contains("worker-0 ") && lines[1].contains("worker-2 ") && lines[14].contains("worker-39"))
    #expect(Set(lines.dropFirst().dropLast().map { $0.count }).count == 1, "one below the other")
    state.workers.removeLast(30)
    #expect(ProgressView().lines(state, width: 200).count == 11, "a few stay one below the other")
  }

  private func area(
    _ screen: Screen, size: @escaping @Sendable () -> (columns: Int, rows: Int) = { (41, 24) }
  ) -> ProgressArea {
    ProgressArea(
      view: ProgressView(), size: size, now: { screen.time.withLock { $0 } },
      write: { bytes, _ in screen.take(bytes) })
  }

  private func busy(_ workers: Int) -> ProgressState {
    var state = ProgressState()
    state.total = 4
    state.workers = (0..<workers).map { ProgressState.Activity(worker: "w\($0)", texts: ["busy"]) }
    return state
  }

  @Test("the area is redrawn in place, at most eight times a second, and only when something changed")
  func redraw() {
    let screen = Screen()
    let area = area(screen)
    var state = busy(1)
    area.update(state)
    #expect(screen.lines == ["[\(String(repeating: "·", count: 24))] 0%   0/4 done", "  w0  busy"])
    state.done = 1
    area.update(state)
    #expect(screen.lines[0].hasSuffix("0/4 done"))
    screen.advance(.milliseconds(125))
    area.update(state)
    #expect(screen.lines[0].hasSuffix("1/4 done"))
    let count = screen.writes
    screen.advance(.milliseconds(125))
    area.update(state)
    #expect(screen.writes == count)
  }

  @Test("log lines go above the area, which stays at the foot with the latest numbers")
  func above() {
    let screen = Screen()
    let area = area(screen)
    area.printAbove(Array("early\n".utf8))
    #expect(screen.lines == ["early"])
    var state = busy(2)
    area.update(state)
    state.done = 3
    area.update(state)
    area.printAbove(Array("late\nlater\n".utf8))
    #expect(screen.lines.prefix(3) == ["early", "late", "later"])
    #expect(screen.lines[3].hasSuffix("3/4 done"))
    #expect(screen.lines.suffix(2) == ["  w0  busy", "  w1  busy"])
  }

  @Test("a smaller area leaves nothing of the larger one behind")
  func shrinking() {
    let screen = Screen()
    let area = area(screen)
    area.update(busy(5))
    screen.advance(.seconds(1))
    area.update(busy(1))
    #expect(screen.lines.count == 2)
    screen.advance(.seconds(1))
    area.update(busy(3))
    area.printAbove(Array("x\n".utf8))
    #expect(screen.lines.count == 5)
  }

  @Test("the area goes away when the run ends and nothing brings it back")
  func finish() {
    let screen = Screen()
    let area = area(screen)
    area.update(busy(2))
    area.finish()
    #expect(screen.lines == [])
    area.finish()
    screen.advance(.seconds(9))
    area.update(busy(2))
    area.printAbove(Array("report\n".utf8))
    #expect(screen.lines == ["report"])
  }

  @Test("what the terminal shows of Ctrl-C leaves no stump", arguments: [true, false])
  func typed(ends: Bool) {
    let screen = Screen()
    let area = area(screen)
    area.update(busy(1))
    _ = screen.take(Array("^C".utf8))
    if ends { area.finish() }
    area.printAbove(Array("stopping\n".utf8))
    #expect(screen.lines.first == "stopping")
    #expect(screen.lines.count == (ends ? 1 : 3))
    #expect(!screen.lines.contains { $0.contains("^C") })
  }

  @Test("an area that begins in the first row never clears the screen, which terminals keep copies of")
  func firstRow() {
    let screen = Screen()
    let area = area(screen)
    for number in 0..<5 {
      area.update(busy(5 - number))
      screen.advance(.seconds(1))
    }
    area.finish()
    area.printAbove(Array("x\n".utf8))
    #expect(screen.clearings == 0)
  }

  @Test("an area is never higher than the terminal", arguments: [2, 5, 9])
  func height(rows: Int) {
    let screen = Screen(rows: rows)
    let area = area(screen, size: { (41, rows) })
    area.printAbove(Array("before\n".utf8))
    for number in 0..<4 {
      var state = busy(12)
      state.done = number
      area.update(state)
      screen.advance(.seconds(1))
    }
    #expect(screen.all.filter { $0.contains("done") }.count == 1, "\(screen.all)")
    #expect(screen.all.filter { $0 == "before" }.count == 1)
  }

  @Test("what was not written is not taken for drawn")
  func refused() {
    let screen = Screen()
    let area = area(screen)
    area.update(busy(1))
    screen.refuses = true
    screen.advance(.seconds(1))
    area.update(busy(4))
    area.printAbove(Array("dropped\n".utf8))
    screen.refuses = false
    screen.advance(.seconds(1))
    area.update(busy(2))
    #expect(screen.lines.count == 3)
    area.printAbove(Array("seen\n".utf8))
    #expect(screen.lines.first == "seen")
  }

  @Test("a clock moves while long jobs run, in the area only")
  func clock() {
    var state = state
    state.elapsedSeconds = 65
    let line = ProgressView().lines(state, width: 120)[0]
    #expect(line.hasSuffix("3m 14s left, for 1m 05s"))
    #expect(ProgressView().summary(state) == "120/365 done, 2 failed, 1.3/s, 3m 14s left")
  }

  @Test("without a terminal there is a line at most every ten seconds and only when something changed")
  func plain() {
    var plain = PlainProgress(view: ProgressView())
    var state = ProgressState()
    state.total = 4
    #expect(plain.line(for: state, now: .seconds(100)) == nil)
    #expect(plain.line(for: state, now: .seconds(109)) == nil)
    #expect(plain.line(for: state, now: .seconds(110)) == "0/4 done")
    #expect(plain.line(for: state, now: .seconds(121)) == nil)
    state.done = 1
    #expect(plain.line(for: state, now: .seconds(125)) == nil)
    #expect(plain.line(for: state, now: .seconds(131)) == "1/4 done")
  }
}
