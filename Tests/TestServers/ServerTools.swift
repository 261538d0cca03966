import Foundation

/// The programs of others that the tests talk to; `Tests/servers.sh` installs them.
public enum ServerTools {
  /// The Python environment that holds `rclone`, `s5cmd`, `moto` and `boto3`; `MISSION_CONTROL_SERVERS` names
  /// another one.
  public static let environment =
    ProcessInfo.processInfo.environment["MISSION_CONTROL_SERVERS"] ?? repository + "/.build/servers"

  /// The one of Prefect, which has its own; `MISSION_CONTROL_PREFECT` names another one.
  public static let prefect =
    ProcessInfo.processInfo.environment["MISSION_CONTROL_PREFECT"] ?? repository + "/.build/prefect"

  /// The one of Airflow, which has its own as well; `MISSION_CONTROL_AIRFLOW` names another one.
  public static let airflow =
    ProcessInfo.processInfo.environment["MISSION_CONTROL_AIRFLOW"] ?? repository + "/.build/airflow"

  static let scripts = repository + "/Tests/TestServers/Python"
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Why a program cannot be used, nil when it can. With `CI=true` it is always nil, so that the tests which need
  /// it run, and fail.
  public static func reasonToSkip(_ programs: String...) -> String? {
    guard ProcessInfo.processInfo.environment["CI"] != "true" else { return nil }
    let missing = programs.filter { !FileManager.default.isExecutableFile(atPath: path($0)) }
    guard !missing.isEmpty else { return nil }
    return "\(missing.joined(separator: ", ")) missing: Tests/servers.sh installs them"
  }

  /// The same for a module of that environment's Python.
  public static func reasonToSkip(module: String) -> String? {
    guard ProcessInfo.processInfo.environment["CI"] != "true" else { return nil }
    if let reason = reasonToSkip("python") { return reason }
    let python = Process()
    python.executableURL = URL(fileURLWithPath: path("python"))
    python.arguments = ["-c", "import \(module)"]
    python.standardError = FileHandle.nullDevice
    guard (try? python.run()) != nil else { return "python cannot be started" }  // which is the reason then
    python.waitUntilExit()
    return python.terminationStatus == 0 ? nil : "\(module) missing: Tests/servers.sh installs it"
  }

  /// Why no browser can be driven; nil when one can.
  public static var reasonToSkipSelenium: String? {
    reasonToSkip("/usr/bin/chromium", "/usr/bin/chromedriver") ?? reasonToSkip(module: "selenium")
  }

  /// Why Prefect cannot be used; nil when it can. It is asked for with `MISSION_CONTROL_INTEROP=1`.
  public static var reasonToSkipPrefect: String? {
    let environment = ProcessInfo.processInfo.environment
    if environment["CI"] != "true", environment["MISSION_CONTROL_INTEROP"] != "1" {
      return "Tests/run.sh full runs it"
    }
    return reasonToSkip("\(prefect)/bin/prefect")
  }

  /// Why Airflow cannot be used; nil when it can. It is tried wherever somebody has installed it, which CI does not.
  public static var reasonToSkipAirflow: String? {
    FileManager.default.isExecutableFile(atPath: "\(airflow)/bin/airflow")
      ? nil : "airflow missing: Tests/servers.sh --airflow installs it"
  }

  /// A program of the environment, or one with a path of its own.
  public static func path(_ program: String) -> String {
    program.hasPrefix("/") ? program : "\(environment)/bin/\(program)"
  }
}
