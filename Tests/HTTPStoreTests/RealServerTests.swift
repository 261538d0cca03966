import KeyTable
import Ports
import StoreSuite
import TestServers
import Testing
import WebServices

@testable import HTTPStore

/// Against servers that others wrote, what they keep looked at on their disks.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RealServerTests {
  private static func needs(_ program: FileServer.Program) -> Bool { program.reasonToSkip == nil }

  private func open(_ server: FileServer, prefix: String) throws -> HTTPStore {
    let header = HeaderField(
      name: server.header.name, parts: [Interpolation.Filled(text: server.header.value, isVariable: true)])
    return try store(server.url, prefix: prefix, headers: [header], secrets: [server.header.value])
  }

  private func conform(_ program: FileServer.Program, lists: Bool) async throws {
    for prefix in ["scrapes", ""] {
      let server = try FileServer(program)
      let store = try open(server, prefix: prefix)
      let deeds = try await store.checked().get().deeds.plain
      #expect(deeds.hasPrefix("wrote, read and removed a probe object in \(server.url)"))
      #expect(deeds.contains("it gives no list") == !lists)
      try await AuditStoreConformance(
        store: store, stored: { server.bytes($0) },
        keys: { server.files().filter { !$0.hasSuffix(".meta.json") } }, lists: lists
      ).run()
    }
  }

  @Test(
    "rclone's WebDAV does what every store must", .enabled(if: needs(.rclone), "Tests/servers.sh installs it")
  )
  func rclone() async throws { try await conform(.rclone, lists: true) }

  @Test(
    "nginx with its DAV module does what every store must",
    .enabled(if: needs(.nginx), "Tests/servers.sh installs it"))
  func nginx() async throws { try await conform(.nginx, lists: false) }

  @Test(
    "bytes that were changed on the server's disk are seen",
    arguments: FileServer.Program.allCases.filter(needs))
  func changed(_ program: FileServer.Program) async throws {
    let server = try FileServer(program)
    let store = try open(server, prefix: "scrapes")
    let object = try await store.result(request("[1,2]", ads: 2)).get()
    try server.write(Array("[\n  1,\n  3\n]\n".utf8), to: object.key)
    let found = try await store.found(object.key, readingBytes: true)
    #expect(found?.sha256 != object.sha256)
    #expect(found?.bodySHA256 == object.sha256)
    var mended = request("[1,2]", ads: 2)
    mended.replaces = true
    #expect(try await store.result(mended).get().sha256 == object.sha256)
    #expect(try await store.found(object.key, readingBytes: true)?.sha256 == object.sha256)
  }

  @Test(
    "without its credentials the server is refused and nothing is told of them",
    arguments: FileServer.Program.allCases.filter(needs))
  func credentials(_ program: FileServer.Program) async throws {
    let server = try FileServer(program)
    let error = try #require(
      await (try store(server.url)).result(request("[]", ads: 0)).failure)
    #expect(error.code == (program == .rclone ? .storeCredentials : .storePermissionDenied))
    #expect(server.files() == [])
  }
}
