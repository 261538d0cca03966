import Foundation

/// The built programs, which lie beside the test program.
enum Binaries {
  static let missionControl = path("mission-control")
  static let simulator = path("mission-simulator")

  private static func path(_ name: String) -> String {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let path = tests.deletingLastPathComponent().appendingPathComponent(name).path
    precondition(FileManager.default.isExecutableFile(atPath: path), "\(path) is not built: swift build")
    return path
  }
}
