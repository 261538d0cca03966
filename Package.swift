// swift-tools-version: 6.0
import PackageDescription

// The targets and the way their dependencies point are explained in
// Sources/Commands/MissionControl.docc/Architecture.md.
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

    // What is said to people: keys and arguments.
    .target(name: "Messages"),

    // Thin Swift over them, without domain words.
    .target(name: "SQLite", dependencies: ["CSQLite"]),
    .target(name: "YAML", dependencies: ["CYAML", "Messages"]),
    .target(name: "RuntimeLibraries", dependencies: ["Messages"]),
    .target(name: "Crypto", dependencies: ["RuntimeLibraries"]),
    .target(
      name: "HTTP", dependencies: ["Files", "Failpoints", "Messages", "Threads", "CCurl", "CCurlShim"]),
    // What the answers of those that are asked over HTTP mean, for every kind of source alike.
    .target(
      name: "HTTPAnswers", dependencies: ["Dates", "Files", "HTTP", "JSONStream", "MissionCore"]),
    .target(name: "URI"),
    .target(name: "XML"),
    .target(name: "S3", dependencies: ["Dates", "HTTP", "Crypto", "Messages", "URI", "XML"]),
    .target(name: "SMTP", dependencies: ["Dates", "Crypto", "Messages", "CCurl", "CCurlShim"]),
    .target(name: "JSONStream", dependencies: ["Messages"]),
    .target(name: "CMappings"),
    .target(name: "Files", dependencies: ["CMappings", "Failpoints", "Messages"]),
    .target(name: "Threads", dependencies: ["Files", "Messages"]),
    .target(name: "Dates"),
    .target(name: "CProcessStart"),
    .target(name: "ProcessStart", dependencies: ["CProcessStart", "Messages"]),
    // Programs that are started and ended, and what of them lives on.
    .target(name: "ChildProcesses", dependencies: ["CProcessStart", "Files", "Threads"]),

    // Moments at which a debug build can be made to die; a release holds nothing of them.
    .target(name: "Failpoints", swiftSettings: [.define("FAILPOINTS", .when(configuration: .debug))]),

    // The domain.
    .target(name: "MissionCore", dependencies: ["Dates", "JSONStream", "Messages", "URI"]),
    // Which slots of a schedule are due, by calendar and clock.
    .target(name: "Schedules", dependencies: ["Dates", "MissionCore"]),
    // What kinds of sources, destinations and stores implement, and what they share: how a result's bytes become rows.
    .target(name: "Ports", dependencies: ["MissionCore", "JSONStream"]),
    .target(name: "Records", dependencies: ["MissionCore", "Ports", "JSONStream", "Crypto"]),
    // How a result's bytes become records, in whatever format they come.
    .target(name: "Formats", dependencies: ["MissionCore", "Ports", "JSONStream", "KeyTable", "YAML"]),
    .target(name: "Translation", dependencies: ["MissionCore"]),
    // The table of keys: what a section of config.yaml declares, how it is read and shown.
    .target(name: "KeyTable", dependencies: ["Files", "MissionCore", "YAML"]),
    // Texts of sections with places for a mission's values.
    .target(name: "Placeholders", dependencies: ["KeyTable", "MissionCore", "URI", "YAML"]),
    .target(
      name: "Configuration",
      dependencies: [
        "Files", "Dates", "MissionCore", "Schedules", "YAML", "KeyTable", "Kind", "Kinds", "URI",
      ]),
    .target(name: "MissionFiles", dependencies: ["Files", "MissionCore", "Crypto", "URI"]),
    .target(
      name: "Journal",
      dependencies: ["Files", "Failpoints", "MissionCore", "SQLite", "JSONStream", "Threads"]),
    .target(
      name: "Spool",
      dependencies: [
        "Files", "Failpoints", "MissionCore", "Ports", "JSONStream", "Crypto", "RuntimeLibraries", "Threads",
      ]),

    // What kinds that speak to a server of others share: headers of a section, bodies from the spool, what refusals say.
    .target(
      name: "WebServices",
      dependencies: [
        "Crypto", "Dates", "HTTP", "JSONStream", "KeyTable", "Kind", "MissionCore", "Ports", "Records",
        "Threads", "YAML",
      ]),

    // The kinds, a folder each. None knows another, and nothing but the one list knows them.
    .target(
      name: "Kind",
      dependencies: [
        "Files", "Failpoints", "MissionCore", "Ports", "KeyTable", "JSONStream", "HTTP", "YAML",
      ]),
    .target(
      name: "Kinds",
      dependencies: [
        "Kind", "WorkerSource", "HTTPSource", "CommandSource", "SQLiteDestination", "PostgresDestination",
        "S3Store", "FolderStore", "HTTPStore", "WriterDestination",
      ]),
    .target(
      name: "WorkerSource",
      dependencies: [
        "Files", "Dates", "Failpoints", "MissionCore", "Ports", "Kind", "KeyTable", "HTTP", "HTTPAnswers",
        "JSONStream",
      ]),
    .target(
      name: "CommandSource",
      dependencies: [
        "ChildProcesses", "Crypto", "Failpoints", "Files", "Formats", "MissionCore", "Ports", "Kind",
        "KeyTable", "Placeholders", "YAML", "Threads",
      ]),
    .target(
      name: "HTTPSource",
      dependencies: [
        "Files", "Dates", "Failpoints", "MissionCore", "Ports", "Kind", "KeyTable", "Placeholders", "Formats",
        "HTTP", "HTTPAnswers", "JSONStream", "Threads", "URI", "WebServices", "YAML",
      ]),
    .target(
      name: "SQLiteDestination",
      dependencies: [
        "Files", "Failpoints", "MissionCore", "Ports", "Records", "Kind", "KeyTable", "SQLite", "JSONStream",
        "Threads",
      ]),
    .target(
      name: "PostgresDestination",
      dependencies: [
        "Failpoints", "MissionCore", "Ports", "Records", "Kind", "KeyTable", "JSONStream", "Threads",
        "RuntimeLibraries",
      ]),
    .target(
      name: "WriterDestination",
      dependencies: [
        "Crypto", "Failpoints", "MissionCore", "Ports", "Kind", "KeyTable", "HTTP", "JSONStream", "Threads",
        "URI",
        "WebServices",
      ]),
    .target(
      name: "S3Store",
      dependencies: [
        "Dates", "Failpoints", "MissionCore", "Ports", "Records", "Kind", "KeyTable", "S3", "HTTP", "Threads",
        "WebServices",
      ]),
    .target(
      name: "HTTPStore",
      dependencies: [
        "Dates", "Failpoints", "MissionCore", "Ports", "Records", "Kind", "KeyTable", "HTTP", "Threads",
        "URI",
        "WebServices", "XML",
      ]),
    .target(
      name: "FolderStore",
      dependencies: [
        "Files", "Failpoints", "MissionCore", "Ports", "Records", "Kind", "KeyTable", "Crypto", "JSONStream",
        "Threads",
      ]),

    .target(name: "Engine", dependencies: ["MissionCore", "Ports", "Threads"]),
    // Which days are there.
    .target(name: "Coverage", dependencies: ["MissionCore", "Journal"]),
    .target(name: "Notifications", dependencies: ["HTTP", "SMTP", "JSONStream", "Messages", "Threads"]),
    .target(
      name: "Report",
      dependencies: [
        "Files", "Failpoints", "MissionCore", "Coverage", "Journal", "JSONStream", "Translation",
      ]),
    .target(
      name: "ReportPage",
      dependencies: [
        "Files", "MissionCore", "Coverage", "Journal", "JSONStream", "Crypto", "Threads", "Translation",
        "Report",
      ],
      exclude: ["Fonts/JetBrainsMono-OFL.txt", "Fonts/PlusJakartaSans-OFL.txt", "Fonts/subset.sh"],
      resources: [
        .embedInCode("Script"), .embedInCode("Style"), .embedInCode("Fonts/JetBrainsMono.woff2"),
        .embedInCode("Fonts/PlusJakartaSans.woff2"),
      ]),

    // What works without a terminal.
    .target(
      name: "Runs",
      dependencies: [
        "Files", "Dates", "Failpoints", "MissionCore", "Schedules", "Configuration", "MissionFiles",
        "Journal", "Spool", "Ports", "Records", "WorkerSource", "Kind", "Kinds", "Engine", "Verification",
        "Report",
        "ReportPage", "HTTP", "S3", "Crypto", "RuntimeLibraries", "Translation", "Notifications", "SMTP",
        "Threads",
      ]),
    .target(
      name: "Verification",
      dependencies: [
        "Files", "Failpoints", "MissionCore", "Journal", "Spool", "Ports", "Records", "JSONStream", "Crypto",
        "Threads", "URI",
      ]),

    // The shell, without domain words.
    .target(name: "CommandLine", dependencies: ["MissionCore"]),
    .target(name: "Terminal", dependencies: ["Files", "MissionCore", "JSONStream", "Threads"]),

    // The programs.
    .target(
      name: "Commands",
      dependencies: [
        "Files", "Dates", "CommandLine", "Terminal", "Runs", "Verification", "Coverage", "MissionCore",
        "Schedules", "Configuration", "MissionFiles", "Journal", "Spool", "Ports", "KeyTable", "Records",
        "Engine",
        "Report", "ReportPage", "HTTP", "Kind",
        "S3", "JSONStream", "Crypto", "Translation", "Notifications", "SMTP", "Threads", "ProcessStart",
      ]),
    .executableTarget(name: "mission-control", dependencies: ["Commands"]),
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
        "CCurl", "CCurlShim", "CSQLite", "Crypto", "HTTP", "MissionCore", "Ports", "S3",
        "SQLiteDestination", "PostgresDestination", "Spool", "Threads",
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
      name: "DestinationSuite",
      dependencies: ["TestSupport", "Ports", "Spool", "Formats", "MissionCore", "JSONStream", "Crypto"],
      path: "Tests/DestinationSuite"),

    // The same for every source.
    .target(name: "SourceSuite", dependencies: ["Ports", "MissionCore"], path: "Tests/SourceSuite"),
    // The same for every store.
    .target(
      name: "StoreSuite",
      dependencies: ["TestSupport", "Ports", "Spool", "Formats", "Crypto", "JSONStream", "MissionCore"],
      path: "Tests/StoreSuite"),

    .testTarget(name: "TestServersTests", dependencies: ["TestServers"]),
    .target(name: "CSyncWatch", path: "Tests/CSyncWatch"),
    .target(name: "CRecordingVFS", dependencies: ["CSQLite"], path: "Tests/CRecordingVFS"),
    .testTarget(
      name: "PowerCutTests",
      dependencies: ["TestSupport", "Journal", "SQLite", "CRecordingVFS", "CSQLite", "MissionCore"]),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"]),
    .testTarget(name: "FilesTests", dependencies: ["TestSupport", "Files"]),
    .testTarget(name: "DatesTests", dependencies: ["Dates"]),
    .testTarget(
      name: "ChildProcessesTests", dependencies: ["TestSupport", "ChildProcesses", "Files", "Threads"]),
    .testTarget(name: "SQLiteTests", dependencies: ["TestSupport", "SQLite"]),
    .testTarget(name: "CryptoTests", dependencies: ["Crypto", "RuntimeLibraries"]),
    .testTarget(name: "HTTPTests", dependencies: ["TestSupport", "HTTP", "Threads"]),
    .testTarget(
      name: "S3Tests", dependencies: ["TestSupport", "S3", "HTTP", "Crypto", "URI", "TestServers"]),
    .testTarget(name: "JSONStreamTests", dependencies: ["JSONStream", "TestServers"]),
    .testTarget(name: "MissionCoreTests", dependencies: ["Dates", "MissionCore"]),
    .testTarget(name: "SchedulesTests", dependencies: ["Schedules", "Dates", "MissionCore", "TestServers"]),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: [
        "TestSupport", "Configuration", "Dates", "Schedules", "Kind", "KeyTable", "SQLiteDestination",
        "PostgresDestination",
        "S3Store", "FolderStore", "HTTPStore", "WriterDestination", "YAML", "MissionCore", "TestServers",
      ]),
    .testTarget(
      name: "PlaceholdersTests", dependencies: ["Placeholders", "KeyTable", "MissionCore", "YAML"]),
    .testTarget(name: "MissionFilesTests", dependencies: ["MissionFiles", "MissionCore", "TestServers"]),
    .testTarget(
      name: "JournalTests", dependencies: ["TestSupport", "Journal", "SQLite", "MissionCore", "Crypto"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "SpoolTests",
      dependencies: [
        "TestSupport", "Spool", "Ports", "WorkerSource", "Formats", "JSONStream", "Crypto", "MissionCore",
        "CSyncWatch",
      ]),
    .testTarget(
      name: "WorkerSourceTests",
      dependencies: ["TestSupport", "WorkerSource", "SourceSuite", "Ports", "Spool", "HTTP", "MissionCore"]),
    .testTarget(
      name: "CommandSourceTests",
      dependencies: [
        "TestSupport", "CommandSource", "ChildProcesses", "SourceSuite", "Kind", "KeyTable", "Placeholders",
        "Formats", "Ports", "Spool", "Threads", "MissionCore", "YAML",
      ]),
    .testTarget(
      name: "HTTPSourceTests",
      dependencies: [
        "TestSupport", "HTTPSource", "HTTPAnswers", "SourceSuite", "Ports", "Placeholders", "Spool", "HTTP",
        "JSONStream",
        "KeyTable", "MissionCore", "YAML",
      ]),
    .testTarget(name: "PortsTests", dependencies: ["Ports", "MissionCore"]),
    .testTarget(name: "RecordsTests", dependencies: ["Records", "Ports", "MissionCore"]),
    .testTarget(
      name: "FormatsTests",
      dependencies: ["Formats", "JSONStream", "KeyTable", "MissionCore", "Ports", "YAML"]),
    .testTarget(
      name: "SQLiteDestinationTests",
      dependencies: [
        "TestSupport", "SQLiteDestination", "Ports", "Records", "DestinationSuite", "SQLite", "Spool",
        "MissionCore",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "PostgresDestinationTests",
      dependencies: [
        "TestSupport", "PostgresDestination", "Ports", "Records", "DestinationSuite", "TestServers", "Spool",
        "MissionCore",
        "Threads",
      ]),
    .testTarget(
      name: "WriterDestinationTests",
      dependencies: [
        "TestSupport", "TestServers", "WriterDestination", "DestinationSuite", "Crypto", "HTTP", "KeyTable",
        "MissionCore", "Ports", "SQLite", "WebServices",
      ]),
    .testTarget(
      name: "S3StoreTests",
      dependencies: [
        "TestSupport", "S3Store", "Ports", "StoreSuite", "S3", "HTTP", "Crypto", "Spool", "Formats",
        "JSONStream", "MissionCore", "Threads", "WebServices",
      ]),
    .testTarget(
      name: "HTTPStoreTests",
      dependencies: [
        "TestSupport", "TestServers", "HTTPStore", "HTTP", "KeyTable", "MissionCore", "Ports", "StoreSuite",
        "WebServices",
      ]),
    .testTarget(
      name: "WebServicesTests",
      dependencies: ["TestSupport", "WebServices", "HTTP", "KeyTable", "MissionCore", "YAML"]),
    .testTarget(
      name: "FolderStoreTests",
      dependencies: ["TestSupport", "FolderStore", "Ports", "StoreSuite", "MissionCore"]),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "MissionCore", "Ports", "Threads", "WorkerSource"]),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "Crypto", "Files", "TestSupport", "Report", "ReportPage", "Journal", "JSONStream", "MissionCore",
        "TestServers",
        "Translation",
      ],
      exclude: ["Golden"]),
    .testTarget(name: "CommandLineTests", dependencies: ["CommandLine", "MissionCore"]),
    .testTarget(
      name: "TerminalTests", dependencies: ["Terminal", "MissionCore", "TestServers", "Threads"]),
    .testTarget(name: "CoverageTests", dependencies: ["Coverage", "MissionCore"]),
    .testTarget(
      name: "RunsTests", dependencies: ["Runs", "Engine", "MissionCore", "MissionFiles", "Notifications"]),
    .testTarget(
      name: "VerificationTests", dependencies: ["Verification", "MissionCore", "Ports", "TestServers"]),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "TestSupport", "Commands", "CommandLine", "Configuration", "Crypto", "Kinds", "Terminal", "Runs",
        "Engine",
        "Files",
        "Journal", "KeyTable", "MissionCore", "Report", "TestServers", "Threads", "Translation",
        "ProcessStart",
      ],
      exclude: ["Golden"]),
    .testTarget(name: "NotificationsTests", dependencies: ["Notifications", "SMTP", "HTTP", "TestServers"]),
    .testTarget(
      name: "SimulatorTests", dependencies: ["TestSupport", "Simulator", "Crypto", "MissionCore", "Threads"]),
    .testTarget(
      name: "TranslationTests",
      dependencies: ["Translation", "Commands", "Report", "MissionCore"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "TestSupport", "mission-control", "mission-simulator", "JSONStream", "SQLite", "Crypto",
        "TestServers",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "StoreInteropTests",
      dependencies: ["TestSupport", "S3", "S3Store", "StoreSuite", "Ports", "HTTP", "Crypto", "TestServers"]),
  ],
  swiftLanguageModes: [.v6]
)

// Tests/fuzz.sh builds this with libFuzzer, which nothing else needs.
if Context.environment["FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "Dates", "MissionFiles", "MissionCore", "Configuration", "YAML", "JSONStream", "S3", "HTTP",
        "HTTPAnswers", "HTTPSource", "Placeholders", "WorkerSource", "Spool", "Ports", "KeyTable", "S3Store",
        "Crypto", "Formats",
      ], path: "Tests/Fuzzing"))
}

// The sanitizers build everything again, so they build only the tests that they run.
if let wanted = Context.environment["TEST_TARGETS"]?.split(separator: " ").map(String.init) {
  package.targets.removeAll { $0.type == .test && !wanted.contains($0.name) }
}
