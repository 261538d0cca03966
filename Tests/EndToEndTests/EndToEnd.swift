import Testing

/// The built programs against each other: `mission-control` as a person or cron would run it, with real files,
/// against `mission-simulator` over real sockets.
///
/// One test after another, because they measure times and each brings processes of its own.
@Suite(.serialized, .timeLimit(CrashVariables.limit)) enum EndToEnd {}
