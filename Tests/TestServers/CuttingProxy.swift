import Glibc
import Synchronization
import TestSupport
import Threads

/// A TCP proxy on the loopback that passes on, and once it is armed ruins one connection at a chosen word of its client.
public final class CuttingProxy: Sendable {
  /// What becomes of the connection whose client sends the word.
  public enum Cut: Sendable {
    /// The word does not arrive.
    case before
    /// The word arrives and is answered; the answer does not.
    case after
    /// Nothing goes either way any more, and nobody hangs up.
    case silence
  }

  public let port: UInt16
  private let listener: Int32
  private let upstream: UInt16
  private let plan = Mutex<Plan?>(nil)

  private struct Plan {
    let word: [UInt8]
    let cut: Cut
  }

  public init(to upstream: UInt16) {
    self.upstream = upstream
    (listener, port) = Loopback.listen()
    let (listener, upstream) = (listener, upstream)
    Self.thread { [weak self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0, let proxy = self else { return }
        let server = Self.connect(to: upstream)
        let mute = Mute()
        Self.thread { proxy.passOn(from: client, to: server, mute) }
        Self.thread { Self.answer(from: server, to: client, mute) }
      }
    }
  }

  // What waits in `accept` is woken by the first.
  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// - Parameter word: must be in one piece of what a client sends.
  public func arm(at word: String, _ cut: Cut) {
    plan.withLock { $0 = Plan(word: Array(word.utf8), cut: cut) }
  }

  /// Whether the word has not come by yet.
  public var isArmed: Bool { plan.withLock { $0 != nil } }

  /// What to do about this piece; nil to pass it on.
  private func cut(_ piece: [UInt8]) -> Cut? {
    plan.withLock { plan in
      guard let found = plan, piece.contains(found.word) else { return nil }
      plan = nil
      return found.cut
    }
  }

  private func passOn(from client: Int32, to server: Int32, _ mute: Mute) {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(client, &bytes, bytes.count, 0)
      guard count > 0 else { break }
      let piece = Array(bytes[..<count])
      guard let cut = cut(piece) else {
        guard Self.sendAll(piece, to: server) else { break }
        continue
      }
      switch cut {
      case .before: break
      case .after:
        mute.isOn.store(true, ordering: .sequentiallyConsistent)
        guard Self.sendAll(piece, to: server) else { break }
        continue
      case .silence: while true { sleep(3600) }
      }
      break
    }
    for side in [client, server] { shutdown(side, Int32(SHUT_RDWR)) }
  }

  /// Whether the server's next answer is kept from the client, and the connection ended instead.
  private final class Mute: Sendable {
    let isOn = Atomic(false)
  }

  private static func answer(from server: Int32, to client: Int32, _ mute: Mute) {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(server, &bytes, bytes.count, 0)
      guard count > 0, !mute.isOn.load(ordering: .sequentiallyConsistent),
        sendAll(Array(bytes[..<count]), to: client)
      else { break }
    }
    for side in [client, server] { shutdown(side, Int32(SHUT_RDWR)) }
  }

  private static func sendAll(_ bytes: [UInt8], to side: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { send(side, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  private static func connect(to port: UInt16) -> Int32 {
    let side = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    Loopback.withAddress(port) { _ = Glibc.connect(side, $0, $1) }
    return side
  }

  /// Ends by itself when its connections end; what is left at the end of the tests ends with the process.
  private static func thread(_ body: @escaping @Sendable () -> Void) {
    do { try OwnedThread.start(body) } catch { preconditionFailure("\(error)") }
  }
}

/// A port of the loopback that takes connections and never says a word.
public final class SilentListener: Sendable {
  public let port: UInt16
  private let listener: Int32

  public init() { (listener, port) = Loopback.listen() }

  deinit { close(listener) }
}
