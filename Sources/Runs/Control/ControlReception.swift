import Glibc
import Threads

/// The clients of the control socket that have not said all yet. Reads from all of them at once and waits for none;
/// one that says nothing for a while is let go.
struct ControlReception {
  /// More are not kept; who came first goes.
  static let mostClients = 64
  private static let patience = Duration.seconds(5)

  private struct Client {
    let descriptor: Int32
    let until: Moment
    var bytes: [UInt8] = []
  }

  private let listener: Int32
  private var clients: [Client] = []

  /// - Parameter listener: non-blocking.
  init(listener: Int32) { self.listener = listener }

  /// Waits until something comes; the requests that are complete, with their connections, which the caller takes over.
  mutating func next() -> [(connection: Int32, text: String)] {
    var sources = ([listener] + clients.map(\.descriptor)).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    poll(&sources, nfds_t(sources.count), wait())
    var complete: [(connection: Int32, text: String)] = []
    for (index, source) in sources.dropFirst().enumerated().reversed() where source.revents != 0 {
      switch read(index) {
      case .more: break
      case .complete:
        let client = clients.remove(at: index)
        complete.append((client.descriptor, String(decoding: client.bytes, as: UTF8.self)))
      case .broken: close(clients.remove(at: index).descriptor)
      }
    }
    dropSilent()
    if sources[0].revents != 0 { accept() }
    return complete.reversed()
  }

  /// Milliseconds until the first client has to go; without end when there is none.
  private func wait() -> Int32 {
    guard let first = clients.map(\.until).min() else { return -1 }
    return Int32(max(0, ((first - .now) / .milliseconds(1)).rounded(.down) + 1))
  }

  private mutating func accept() {
    let connection = Glibc.accept(listener, nil, nil)
    guard connection >= 0 else {
      // The process ran out of descriptors, or the client is gone: the next one gets its turn.
      if errno != EINTR && errno != ECONNABORTED && errno != EAGAIN { usleep(50_000) }
      return
    }
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    guard ControlSocket.isOurs(connection) else {
      close(connection)
      return
    }
    if clients.count == Self.mostClients { close(clients.removeFirst().descriptor) }
    clients.append(Client(descriptor: connection, until: .now + Self.patience))
  }

  private mutating func dropSilent() {
    let now = Moment.now
    for client in clients where client.until <= now { close(client.descriptor) }
    clients.removeAll { $0.until <= now }
  }

  private enum Reading {
    case more, complete, broken
  }

  /// A request ends where its client has finished sending.
  private mutating func read(_ index: Int) -> Reading {
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = recv(clients[index].descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
      if count == 0 { return .complete }
      if count < 0 { return errno == EAGAIN || errno == EINTR ? .more : .broken }
      clients[index].bytes += chunk[..<count]
      if clients[index].bytes.count > ControlSocket.longestMessage { return .broken }
    }
  }
}
