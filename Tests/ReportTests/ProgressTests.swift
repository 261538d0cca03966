import Synchronization
import Testing

@testable import Report

@Suite("Progress")
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

  private final class Screen: Sendable {
    let written = Mutex("")
    let time = Mutex(Duration.zero)
    func take() -> String {
      written.withLock { text in
        defer { text = "" }
        return text
      }
    }
  }

  private func area(_ screen: Screen) -> ProgressArea {
    ProgressArea(
      view: ProgressView(), width: { 41 }, now: { screen.time.withLock { $0 } },
      write: { bytes in screen.written.withLock { $0 += String(decoding: bytes, as: UTF8.self) } })
  }

  @Test("the area is redrawn in place, at most eight times a second")
  func redraw() {
    let screen = Screen()
    let area = area(screen)
    var state = ProgressState()
    state.total = 4
    area.update(state)
    #expect(screen.take() == "[············] 0%   0/4 done\n".replacingBar(with: 41 - 1))
    state.done = 1
    area.update(state)
    #expect(screen.take() == "")
    screen.time.withLock { $0 = .milliseconds(125) }
    area.update(state)
    #expect(screen.take().hasPrefix("\u{1B}[1A\u{1B}[J["))
  }

  @Test("log lines go above the area, which stays at the foot with the latest numbers")
  func above() {
    let screen = Screen()
    let area = area(screen)
    area.printAbove(Array("early\n".utf8))
    #expect(screen.take() == "early\n")
    var state = ProgressState()
    state.total = 4
    area.update(state)
    state.done = 3
    area.update(state)
    _ = screen.take()
    area.printAbove(Array("late\n".utf8))
    let text = screen.take()
    #expect(text.hasPrefix("\u{1B}[1A\u{1B}[Jlate\n["))
    #expect(text.hasSuffix("3/4 done\n"))
  }

  @Test("the area goes away when the run ends and nothing brings it back")
  func finish() {
    let screen = Screen()
    let area = area(screen)
    var state = ProgressState()
    state.workers = [.init(worker: "w", texts: ["a", "b"])]
    area.update(state)
    _ = screen.take()
    area.finish()
    #expect(screen.take() == "\u{1B}[3A\u{1B}[J")
    area.finish()
    screen.time.withLock { $0 = .seconds(9) }
    area.update(state)
    area.printAbove(Array("report\n".utf8))
    #expect(screen.take() == "report\n")
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

extension String {
  /// The first bar of a headline is as wide as the room leaves it; tests name only the text behind it.
  fileprivate func replacingBar(with width: Int) -> String {
    guard let end = firstIndex(of: "]") else { return self }
    let text = self[index(after: end)...].drop { $0 == " " }.dropLast()
    let room = width - DisplayColumns.count(of: String(text)) - 3
    return "[" + String(repeating: "·", count: min(24, room)) + "] " + text + "\n"
  }
}
