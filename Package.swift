// swift-tools-version: 6.0
import PackageDescription

// The targets and the way their dependencies point are explained in
// Sources/CommandLineInterface/MissionControl.docc/Architecture.md.
let package = Package(
  name: "mission-control",
  products: [
    .executable(name: "mission-control", targets: ["mission-control"]),
    .executable(name: "mission-simulator", targets: ["mission-simulator"]),
  ],
  targets: [
    // The system's C libraries.
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CCurlShim", dependencies: ["CCurl"]),

    // Thin Swift over them, without domain words.
    .target(name: "SQLite", dependencies: ["CSQLite"]),
    .target(name: "YAML", dependencies: ["CYAML"]),
    .target(name: "RuntimeLibraries"),
    .target(name: "Crypto", dependencies: ["RuntimeLibraries"]),
    .target(name: "HTTP", dependencies: ["Files", "Failpoints", "Threads", "CCurl", "CCurlShim"]),
    .target(name: "S3", dependencies: ["HTTP", "Crypto", "Dates"]),
    .target(name: "SMTP", dependencies: ["CCurl", "CCurlShim", "Dates"]),
    .target(name: "JSONStream"),
    .target(name: "Files", dependencies: ["Failpoints"]),
    .target(name: "Threads", dependencies: ["Files"]),
    .target(name: "Dates"),
    .target(name: "CProcessStart"),
    .target(name: "ProcessStart", dependencies: ["CProcessStart"]),

    // Moments at which a debug build can be made to die; a release holds nothing of them.
    .target(name: "Failpoints", swiftSettings: [.define("FAILPOINTS", .when(configuration: .debug))]),

    // The domain.
    .target(name: "MissionCore", dependencies: ["Dates"]),
    .target(name: "Translation", dependencies: ["MissionCore"]),
    .target(name: "Configuration", dependencies: ["Files", "MissionCore", "YAML"]),
    .target(name: "MissionFiles", dependencies: ["Files", "MissionCore", "Crypto"]),
    .target(
      name: "Journal",
      dependencies: ["Files", "Failpoints", "MissionCore", "SQLite", "JSONStream", "Threads"]),
    .target(
      name: "Spool",
      dependencies: [
        "Files", "Failpoints", "MissionCore", "JSONStream", "Crypto", "RuntimeLibraries", "Threads",
      ]),
    .target(
      name: "WorkerSource",
      dependencies: ["Files", "Dates", "Failpoints", "MissionCore", "HTTP", "JSONStream"]),
    .target(
      name: "Destination",
      dependencies: ["Files", "Failpoints", "MissionCore", "SQLite", "JSONStream", "Spool", "Threads"]),
    .target(
      name: "PostgresDestination",
      dependencies: [
        "Failpoints", "MissionCore", "Destination", "Spool", "Threads", "RuntimeLibraries",
      ]),
    .target(
      name: "Audit",
      dependencies: ["Failpoints", "MissionCore", "S3", "HTTP", "Crypto", "JSONStream", "Spool", "Threads"]),
    .target(name: "Engine", dependencies: ["MissionCore", "Threads"]),
    .target(name: "Notifications", dependencies: ["HTTP", "SMTP", "JSONStream", "Threads"]),
    .target(
      name: "Report",
      dependencies: [
        "Files", "Failpoints", "MissionCore", "Journal", "JSONStream", "Crypto", "Threads", "Translation",
      ]),

    // The programs.
    .target(
      name: "CommandLineInterface",
      dependencies: [
        "Files", "Failpoints", "MissionCore", "Configuration", "MissionFiles", "Journal", "Spool",
        "WorkerSource",
        "Destination", "PostgresDestination", "Audit", "Engine", "Report", "HTTP", "S3", "JSONStream",
        "Crypto", "RuntimeLibraries", "Translation", "Notifications", "SMTP", "Threads", "ProcessStart",
        "Dates",
      ]),
    .executableTarget(name: "mission-control", dependencies: ["CommandLineInterface"]),
    .target(
      name: "Simulator",
      dependencies: [
        "Files", "Dates", "MissionCore", "Crypto", "RuntimeLibraries", "JSONStream", "Threads",
        "ProcessStart",
      ]),
    .executableTarget(name: "mission-simulator", dependencies: ["Simulator"]),

    // Measures against the plainest way to do the same work; see Tests/bench.sh.
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CCurl", "CCurlShim", "CSQLite", "Crypto", "HTTP", "MissionCore", "S3", "Destination",
        "PostgresDestination", "Spool", "Threads",
      ],
      path: "Tests/Benchmarks"),

    // What the tests of several targets use.
    .target(name: "TestSupport", dependencies: ["Threads"], path: "Tests/TestSupport"),

    // Real servers that others wrote, for the tests that talk to them.
    .target(
      name: "TestServers", dependencies: ["TestSupport", "Threads"], path: "Tests/TestServers",
      exclude: ["Python"]),

    // What every destination must do; its implementations' tests run it.
    .target(
      name: "DestinationSuite", dependencies: ["TestSupport", "Destination", "Spool", "MissionCore"],
      path: "Tests/DestinationSuite"),

    .testTarget(name: "TestServersTests", dependencies: ["TestServers"]),
    .target(name: "CSyncWatch", path: "Tests/CSyncWatch"),
    .target(name: "CRecordingVFS", dependencies: ["CSQLite"], path: "Tests/CRecordingVFS"),
    .testTarget(
      name: "PowerCutTests",
      dependencies: ["TestSupport", "Journal", "SQLite", "CRecordingVFS", "CSQLite", "MissionCore"]),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"]),
    .testTarget(name: "FilesTests", dependencies: ["TestSupport", "Files"]),
    .testTarget(name: "DatesTests", dependencies: ["Dates"]),
    .testTarget(name: "SQLiteTests", dependencies: ["TestSupport", "SQLite"]),
    .testTarget(name: "CryptoTests", dependencies: ["Crypto", "RuntimeLibraries"]),
    .testTarget(name: "HTTPTests", dependencies: ["TestSupport", "HTTP"]),
    .testTarget(name: "S3Tests", dependencies: ["TestSupport", "S3", "HTTP", "Crypto", "TestServers"]),
    .testTarget(name: "JSONStreamTests", dependencies: ["JSONStream", "TestServers"]),
    .testTarget(name: "MissionCoreTests", dependencies: ["MissionCore"]),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: ["TestSupport", "Configuration", "YAML", "MissionCore", "TestServers"]),
    .testTarget(name: "MissionFilesTests", dependencies: ["MissionFiles", "MissionCore", "TestServers"]),
    .testTarget(
      name: "JournalTests", dependencies: ["TestSupport", "Journal", "SQLite", "MissionCore", "Crypto"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "SpoolTests", dependencies: ["TestSupport", "Spool", "Crypto", "MissionCore", "CSyncWatch"]),
    .testTarget(
      name: "WorkerSourceTests", dependencies: ["TestSupport", "WorkerSource", "HTTP", "MissionCore"]),
    .testTarget(
      name: "DestinationTests",
      dependencies: ["TestSupport", "Destination", "DestinationSuite", "SQLite", "Spool", "MissionCore"]),
    .testTarget(
      name: "PostgresDestinationTests",
      dependencies: [
        "TestSupport", "PostgresDestination", "Destination", "DestinationSuite", "TestServers", "Spool",
        "MissionCore",
        "Threads",
      ]),
    .testTarget(
      name: "AuditTests",
      dependencies: ["TestSupport", "Audit", "S3", "HTTP", "Crypto", "Spool", "JSONStream", "MissionCore"]),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "MissionCore", "Threads"]),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "TestSupport", "Files", "Report", "Journal", "JSONStream", "MissionCore", "TestServers",
        "Translation",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "CommandLineInterfaceTests",
      dependencies: [
        "TestSupport", "CommandLineInterface", "Engine", "Journal", "MissionCore", "Report", "TestServers",
        "Threads", "Translation", "ProcessStart",
      ],
      exclude: ["Golden"]),
    .testTarget(name: "NotificationsTests", dependencies: ["Notifications", "SMTP", "HTTP", "TestServers"]),
    .testTarget(
      name: "SimulatorTests", dependencies: ["TestSupport", "Simulator", "Crypto", "MissionCore", "Threads"]),
    .testTarget(
      name: "TranslationTests",
      dependencies: ["Translation", "CommandLineInterface", "Report", "MissionCore"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "TestSupport", "mission-control", "mission-simulator", "JSONStream", "SQLite", "TestServers",
      ]),
    .testTarget(name: "StoreInteropTests", dependencies: ["S3", "HTTP", "Crypto", "TestServers"]),
  ],
  swiftLanguageModes: [.v6]
)

// Tests/fuzz.sh builds this with libFuzzer, which nothing else needs.
if Context.environment["FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "MissionFiles", "MissionCore", "Configuration", "YAML", "JSONStream", "S3", "HTTP", "WorkerSource",
        "Spool", "Crypto", "Dates",
      ], path: "Tests/Fuzzing"))
}
