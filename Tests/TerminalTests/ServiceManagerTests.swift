import Foundation
import MissionCore
import Synchronization
import TestServers
import Testing

@testable import Terminal

@Suite("The service manager", .timeLimit(.minutes(5)))
struct ServiceManagerTests {
  private final class Clock: Sendable {
    let time = Mutex(Duration.zero)
    func advance(_ duration: Duration) { time.withLock { $0 += duration } }
  }

  private func manager(_ address: String, _ clock: Clock = Clock()) -> ServiceManager {
    ServiceManager(environment: ["NOTIFY_SOCKET": address], now: { clock.time.withLock { $0 } })
  }

  private static func path() -> String { NSTemporaryDirectory() + "notify-\(UUID().uuidString)" }

  @Test("ready, status and stopping arrive", arguments: [path(), "@mission-control-\(UUID().uuidString)"])
  func messages(address: String) {
    let listener = DatagramListener(address: address)
    let service = manager(address)
    service.ready("reading")
    service.show { "1/3 done\nREADY=0" }
    service.stopping(drains: false)
    service.ended(.success, "ended with 0")
    #expect(
      listener.messages == [
        "READY=1\nSTATUS=reading", "STATUS=1/3 done READY=0", "STOPPING=1", "STOPPING=1\nSTATUS=ended with 0",
      ])
  }

  @Test("a status is sent at most once a second, and only when it says something new")
  func pace() {
    let address = Self.path()
    let listener = DatagramListener(address: address)
    let clock = Clock()
    let service = manager(address, clock)
    for text in ["a", "b", "b", "b", "c"] {
      service.show { text }
      clock.advance(.milliseconds(600))
    }
    #expect(listener.messages == ["STATUS=a", "STATUS=b", "STATUS=c"])
  }

  @Test("a draining run asks for more time every ten seconds, a stopping one does not")
  func draining() {
    let address = Self.path()
    let listener = DatagramListener(address: address)
    let clock = Clock()
    let service = manager(address, clock)
    service.show { "same" }
    service.stopping(drains: true)
    for _ in 0..<25 {
      clock.advance(.seconds(1))
      service.show { "same" }
    }
    #expect(listener.lines.filter { $0 == "EXTEND_TIMEOUT_USEC=60000000" }.count == 3)
    let plain = manager(address, clock)
    plain.stopping(drains: false)
    clock.advance(.seconds(60))
    plain.show { "same" }
    #expect(listener.lines.filter { $0.hasPrefix("EXTEND") }.count == 3)
  }

  @Test(
    "a run that ends well before it was ready says that it was, one that fails does not",
    arguments: [(ExitCode.success, true), (.stoppedEarly, true), (.configuration, false), (.unusable, false)])
  func neverReady(code: ExitCode, saysReady: Bool) {
    let address = Self.path()
    let listener = DatagramListener(address: address)
    manager(address).ended(code, "x")
    #expect(listener.lines == (saysReady ? ["READY=1"] : []) + ["STOPPING=1", "STATUS=x"])
  }

  @Test(
    "without a socket, with one that is no address or that nobody listens at, nothing happens",
    arguments: ["", "relative", "vsock:2:1", "@", "/nobody/listens", String(repeating: "/x", count: 80)])
  func nobody(address: String) {
    let service = manager(address)
    service.ready("x")
    service.show { "y" }
    service.ended(.success, "z")
    ServiceManager(environment: [:]).ready("x")
  }

  @Test("a manager that hangs holds nobody up; what it must know comes when it reads again")
  func hanging() {
    let address = Self.path()
    let listener = DatagramListener(address: address)
    let clock = Clock()
    let service = manager(address, clock)
    let began = ContinuousClock.now
    for number in 0..<1000 {
      service.show { "status \(number)" }
      clock.advance(.seconds(1))
    }
    service.ready("reading")
    service.stopping(drains: true)
    #expect(ContinuousClock.now - began < .seconds(1))
    let before = listener.lines
    #expect(!before.contains("READY=1"))
    clock.advance(.seconds(1))
    service.show { "at last" }
    let after = listener.lines.dropFirst(before.count)
    #expect(after == ["READY=1", "STOPPING=1", "EXTEND_TIMEOUT_USEC=60000000", "STATUS=at last"])
  }
}
