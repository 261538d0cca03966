import TestServers
import Testing

/// `S3Client` over libcurl against S3-compatible servers that others wrote, what they keep read back with a client
/// that others wrote. One test after another: they share the servers.
@Suite(.serialized, .timeLimit(.minutes(20))) enum StoreInterop {
  /// The servers that can be started here; with `CI=true` all of them.
  static let programs = StoreServer.Program.allCases.filter { $0.reasonToSkip == nil }

  /// Shows which servers are not tested, and why.
  @Suite struct Servers {
    private func expectEmpty(_ program: StoreServer.Program) throws {
      #expect(try SharedStores.server(program).objects(under: "nothing/").isEmpty)
    }

    @Test("rclone serve s3 is there", .needs(.rclone))
    func rclone() throws { try expectEmpty(.rclone) }

    @Test("moto is there", .needs(.moto))
    func moto() throws { try expectEmpty(.moto) }

    @Test("OpenStack Swift's s3api is there", .needs(.openStackSwift))
    func openStackSwift() throws { try expectEmpty(.openStackSwift) }
  }
}

extension Trait where Self == ConditionTrait {
  static func needs(_ program: StoreServer.Program) -> Self {
    .enabled(if: program.reasonToSkip == nil, "\(program.rawValue): \(program.reasonToSkip ?? "")")
  }
}
