import Foundation
import Glibc

/// A PostgreSQL cluster of a test's own, in a temporary folder on a free port of the loopback, from Debian's package
/// `postgresql`. It ends, and its folder goes away, with this object, and also when the test program dies.
///
/// Logins over TCP need a password; `sql` goes through the socket in the folder and needs none. As root the server
/// runs as the user `postgres`, because it refuses to run as root.
public final class PostgresServer: @unchecked Sendable {
  // @unchecked: `port` and `life` change only in `start` and `stop`, which a test calls from one place at a time.
  public static let superuserPassword = "canary-superuser-password"

  public private(set) var port: UInt16 = 0
  public let folder: String
  /// Where the watcher reads.
  private var life: Int32 = -1

  /// Where the newest installed version's programs are; nil when there is none.
  public static let binaries: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.compactMap { Int($0) }.sorted().last.map { "\(root)/\($0)/bin" }.flatMap { folder in
      FileManager.default.isExecutableFile(atPath: folder + "/initdb") ? folder : nil
    }
  }()

  /// Whether tests with a server can run. With `CI` in the environment they must, and fail where there is none.
  public static var isInstalled: Bool { binaries != nil || ProcessInfo.processInfo.environment["CI"] != nil }

  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Makes the cluster and starts it.
  public init() throws {
    guard Self.binaries != nil else {
      throw Failure(description: "Debian's package postgresql is not installed")
    }
    var template = Array("/tmp/test-postgres-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    guard made else { throw Failure(description: "no temporary folder: \(String(cString: strerror(errno)))") }
    folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    try giveAway(folder)
    try write(Self.superuserPassword, to: "password")
    try command(
      "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "--auth-local=trust",
      "--auth-host=scram-sha-256", "--pwfile=\(folder)/password")
    // Durability against a power cut is not what is tested, and costs most of the time.
    try append(
      "data/postgresql.conf", "fsync = off\nfull_page_writes = off\nunix_socket_directories = '\(folder)'\n")
    try watch()
    try start()
  }

  // The watcher sees to the server and the folder; where it cannot, the system cleans /tmp.
  deinit { if life >= 0 { close(life) } }

  private var data: String { folder + "/data" }

  // MARK: Starting and stopping

  public func start() throws {
    for _ in 0..<5 {
      if port == 0 { port = FreePort.next() }
      unlink(folder + "/ended")
      let order = "\(port)\n"
      guard Glibc.write(life, order, order.utf8.count) == order.utf8.count else { break }
      let deadline = Date() + 60
      while Date() < deadline {
        if (try? command("pg_isready", "-q", "-h", folder, "-p", "\(port)")) != nil { return }
        // Another process may have taken the port meanwhile.
        if access(folder + "/ended", F_OK) == 0 { break }
        usleep(20_000)
      }
      port = 0
    }
    throw Failure(
      description:
        "the server does not start: \((try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "")")
  }

  /// - Parameter mode: `fast`, or `immediate`, which is like a crash.
  public func stop(_ mode: String = "fast") throws {
    try command("pg_ctl", "-D", data, "-m", mode, "-w", "stop")
  }

  /// Makes changes of `configure` take effect.
  public func reload() throws { try command("pg_ctl", "-D", data, "reload") }

  public func configure(_ lines: String) throws { try append("data/postgresql.conf", lines + "\n") }

  /// Lines that are looked at before all others when someone logs in.
  public func admit(_ lines: String) throws {
    let path = folder + "/data/pg_hba.conf"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try write(lines + "\n" + text, to: "data/pg_hba.conf")
  }

  /// A shell between us and the server. It starts one for each port that it reads; when our end of its standard input
  /// closes, also by our death, it ends the server and removes the folder.
  private func watch() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Failure(description: "no pipe") }
    // No other program that a test starts may keep it open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let script = """
      while read -r port; do
        rm -f "$2/ended"
        ("$1/postgres" -D "$2/data" -h 127.0.0.1 -p "$port" >>"$2/log" 2>&1 </dev/null; touch "$2/ended") &
      done
      [ -e "$2/data/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$2/data/postmaster.pid")"
      wait
      rm -rf "$2"
      """
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let words = Self.unprivileged + ["/bin/sh", "-c", script, "sh", Self.binaries!, folder]
    var arguments = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), strdup("LC_ALL=C"), nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let result = posix_spawn(&process, arguments[0]!, &actions, nil, &arguments, &variables)
    close(ends[0])
    guard result == 0 else { throw Failure(description: "no watcher: \(String(cString: strerror(result)))") }
    life = ends[1]
  }

  // MARK: Using it

  /// Runs statements as the superuser; rows come back with `|` between their columns, NULL as `-`.
  @discardableResult
  public func sql(_ sql: String, database: String = "postgres") throws -> [String] {
    let output = try command(
      "psql", "-X", "-q", "-A", "-t", "-P", "null=-", "-v", "ON_ERROR_STOP=1", "-h", folder, "-p", "\(port)",
      "-U",
      "postgres",
      "-d", database, "-c", sql)
    return output.split(separator: "\n").map(String.init)
  }

  /// A connection string over TCP.
  public func url(
    _ database: String, user: String = "postgres", password: String = PostgresServer.superuserPassword,
    options: String = ""
  ) -> String {
    "postgresql://\(user):\(password)@127.0.0.1:\(port)/\(database)" + (options.isEmpty ? "" : "?\(options)")
  }

  /// Has the server show this certificate to whoever connects from now on with TLS.
  public func use(_ certificate: TestAuthority.Certificate) throws {
    for (file, source) in [("server.crt", certificate.certificateFile), ("server.key", certificate.keyFile)] {
      try write(String(contentsOfFile: source, encoding: .utf8), to: "data/\(file)")
    }
    try configure("ssl = on")
    try reload()
  }

  /// What the server has logged.
  public var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

  // MARK: Running programs

  private static let unprivileged =
    geteuid() == 0
    ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : ["/usr/bin/env"]

  @discardableResult
  private func command(_ name: String, _ arguments: String...) throws -> String {
    let words = Self.unprivileged + ["\(Self.binaries!)/\(name)"] + arguments
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words[1...])
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(name): \(String(decoding: complaint, as: UTF8.self))")
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func write(_ text: String, to name: String) throws {
    let path = "\(folder)/\(name)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o600)
    try giveAway(path)
  }

  private func append(_ name: String, _ lines: String) throws {
    let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    try write(text + lines, to: name)
  }

  private func giveAway(_ path: String) throws {
    guard geteuid() == 0 else { return }
    guard let user = getpwnam("postgres"), chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else {
      throw Failure(description: "\(path) cannot be given to the user postgres")
    }
  }
}
