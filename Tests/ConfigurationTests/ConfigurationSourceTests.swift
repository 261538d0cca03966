import Foundation
import TestSupport
import Testing

@testable import Configuration
@testable import KeyTable

@Suite("Files that a configuration is read from", .timeLimit(.minutes(5)))
struct ConfigurationSourceTests {
  private func read(_ path: String) -> ConfigurationSource.FileFailure? {
    let result = ConfigurationSource.files(environment: [:]).read(path, 1000)
    if case .failure(let failure) = result { return failure }
    return nil
  }

  @Test("a named pipe that nobody writes to is refused at once, as are sockets and devices")
  func notRegular() throws {
    let temporary = TemporaryFolder()
    let folder = temporary.path
    mkfifo(folder + "/pipe", 0o600)
    #expect(read(folder + "/pipe") == .notRegular(kind: .pipe))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: (folder + "/s").utf8) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    try #require(isBound)
    #expect(read(folder + "/s") == .notRegular(kind: .socket))
    #expect(read("/dev/null") == .notRegular(kind: .device))
    #expect(read(folder) == .directory)
    #expect(read(folder + "/none") == .missing)
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
    symlink("file", folder + "/link")
    #expect(read(folder + "/link") == nil)
  }
}
