import Testing
import Threads

@Suite(.timeLimit(.minutes(5))) struct TimerQueueTests {
  @Test("timers come in the order they fall due, equal ones in the order they were set")
  func order() {
    var timers = TimerQueue<Duration, Int>()
    var expected: [(at: Int, number: Int)] = []
    for number in 0..<2000 {
      let at = number * 7919 % 300
      timers.set(number, at: .milliseconds(at))
      expected.append((at, number))
    }
    expected.sort { ($0.at, $0.number) < ($1.at, $1.number) }
    var popped: [Int] = []
    while let next = timers.next, let key = timers.popDue(next) { popped.append(key) }
    #expect(popped == expected.map(\.number))
    #expect(timers.next == nil)
  }

  @Test("nothing is due before its time")
  func notYet() {
    var timers = TimerQueue<Duration, String>()
    #expect(timers.popDue(.seconds(100)) == nil)
    timers.set("late", at: .seconds(5))
    timers.set("early", at: .seconds(2))
    #expect(timers.next == .seconds(2))
    #expect(timers.popDue(.milliseconds(1999)) == nil)
    #expect(timers.popDue(.seconds(2)) == "early")
    #expect(timers.popDue(.seconds(4)) == nil)
    #expect(timers.popDue(.seconds(9)) == "late")
  }
}
