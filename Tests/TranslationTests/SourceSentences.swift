import Foundation

/// The texts of the sources that a person may come to read.
enum SourceSentences {
  /// Folders and files whose literals are not translated sentence by sentence.
  private static let passedOver = [
    // The catalogue itself, and the tables of phrases, which the compiler keeps complete.
    "Translation/", "Commands/Phrases/", "Commands/Init/InitPhrases.swift", "Report/Text/Phrases",
    "ReportPage/Words/", "Report/Notices/NoticePhrases",
    // The files that `init` writes; their comments are phrases.
    "Commands/Init/Starter.swift", "Commands/Init/StarterConfiguration.swift",
    // Completions, which shells read, and the manual page, which is English.
    "CommandLine/Completions/", "CommandLine/Manual/", "Commands/MissionControl+Manual.swift",
    // The mark-up.
    "ReportPage/Markup/", "ReportPage/PageFonts.swift",
    // Names of characters.
    "MissionCore/Text/HTMLEntities.swift",
    // Headers of mail.
    "SMTP/MailMessage.swift",
    // Programs that are not the product, and what is only in test builds.
    "Simulator/", "mission-simulator/", "Failpoints/",
    // The metrics file and the JSON Schema, which programs and editors read.
    "Report/Metrics/JournalMetrics.swift", "Report/Metrics/MetricsFile.swift",
    "Report/Metrics/CoverageMetrics.swift",
    "Configuration/Table/Keys.swift", "Configuration/Table/WindowKeys.swift",
    "Configuration/Table/ScheduleKeys.swift",
    "Configuration/Rendering/Configuration+Schema.swift",
    "KeyTable/KeyText.swift", "Formats/FormatKeys.swift",
    "Kind/SourceBasics.swift", "Kind/ParameterSection.swift", "Kind/QualitySection.swift",
  ]

  /// What looks like a sentence but is none, or is the same in every language.
  private static let others: Set<String> = [
    // Names and command lines that a person types.
    "{} {} --help", "{} --help", "mission-control: {}",
    "{} {}{} [OPTIONS]", "{}: {}\n{}", "mission-control {}{}", "mission-control {}",
    "mission-control run{}", "run --retry-failed", "verify --repair",
    "source <(mission-control completions bash)", "retry --code {}", "list --suspicious",
    "rerun --suspicious", "rerun --suspicious --yes", "run --retry-failed --unlisted", "accept {}",
    "retry --failed",
    "run --unlisted", "mission-control {}{}{}", " --from {}", " --to {}",
    "libssl3 (comes with libcurl4-openssl-dev)", "apt-get install libpq5",
    // What other programs say or are told.
    "suspicious IS NOT NULL", "({} OR suspicious IS NOT NULL)", "DROP INDEX IF EXISTS {};\n{}",
    "DROP INDEX {}",
    "SQLite format 3\0",
    "SQLite format 3", "AWS Batch", " --shard {}",
    "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}",
    "while scanning a quoted scalar", "found unexpected end of stream", "while scanning a simple key",
    "PUT of a probe object", "GET {}", "GET {}{}", "GET {}/health", "GET of a probe object",
    "DELETE of a probe object", "PUT of a mission", "GET of a mission", "DELETE of a mission",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><propfind xmlns=\"DAV:\"><prop><resourcetype/></prop></propfind>",
    "{\"filters\":{},\"options\":{}}",
    "text/plain; charset=utf-8", "changed {}", "refused {} {}", "{} (SQLite {})", "{} (curl {})",
    "curl_multi {}", "SET CONSTRAINTS ALL IMMEDIATE",
    // The same in Portuguese.
    "SQLite {}", "PostgreSQL {}, {}", "worker {}", "proxy {}", "{}.file: {}", "storage_s3: {}", "notify {}",
    "notify email", "mission-control @ {}: ", "schedule {}",
    // Classes of the page.
    "number wide-only", "number medium-only",
    // The frame of its program.
    "\"use strict\";\n(() => {",
    // A broken promise inside the program, never shown.
    "{} text 2", "a file is large work", "the configuration was not read for working",
  ]

  /// Each sentence once, at the first place where it stands.
  static func all(in sources: URL) throws -> [SourceLiteral] {
    var seen: Set<String> = []
    return try SourceLiterals.all(in: sources).compactMap { literal in
      let text = literal.text.trimmingCharacters(in: CharacterSet(charactersIn: "\n"))
      guard isSentence(text, in: literal.file) || isSaid(literal),
        !passedOver.contains(where: literal.file.hasPrefix),
        // Tables of keys, too.
        !literal.file.hasSuffix("/Kind.swift"),
        !others.contains(text),
        !isOfAnotherLanguage(text), !isCommandLine(text), seen.insert(text).inserted
      else { return nil }
      return SourceLiteral(text: text, file: literal.file, line: literal.line)
    }.sorted { ($0.file, $0.line) < ($1.file, $1.line) }
  }

  /// Two words beside each other, or a word beside a place.
  private static func isSentence(_ text: String, in file: String) -> Bool {
    if file.hasPrefix("ReportPage/") {
      // What stands between the tags.
      let shown = text.replacingOccurrences(
        of: "<[^>]*>|&\\w+;|[{][}]", with: " ", options: .regularExpression)
      return shown.range(of: "[A-Za-z]{3,} +[A-Za-z]{3,}", options: .regularExpression) != nil
        && !shown.contains("default-src")
    }
    let plain = text.replacingOccurrences(of: "{}", with: " ")
    if plain.range(of: "[A-Za-z]{2,} +[A-Za-z]{2,}", options: .regularExpression) != nil { return true }
    return plain.trimmingCharacters(in: .whitespacesAndNewlines) != "" && text.trimmed.contains(" ")
      && plain.range(of: "[a-z]{3,}", options: .regularExpression) != nil
  }

  /// A single word that is an argument of what says things to people.
  private static func isSaid(_ literal: SourceLiteral) -> Bool {
    let saying = [
      "passed", "failed", "remark", "info", "warning", "UsageError", "ValueProblem", "said", "translated",
    ]
    return saying.contains(literal.call) && literal.text.contains(where: \.isLetter)
  }

  /// SQL, and requests of the worker API.
  private static func isOfAnotherLanguage(_ text: String) -> Bool {
    let forms = [
      "\\b(SELECT|INSERT|UPDATE|CREATE|PRAGMA|DELETE FROM|BEGIN|SAVEPOINT|RELEASE|ROLLBACK|VACUUM|COMMIT|ALTER TABLE|AT TIME ZONE)\\b",
      "\\b(AND|OR) [A-Z{(]", "[<>] [{]",
      "\\b(ORDER BY|FROM [a-z]|WHEN|IS NULL|ASC|DESC|TEXT [0-9]|INTEGER [0-9])\\b",
      "[=<>] [?]|[=] (NULL|-?[0-9{])",
      "^(strftime|substr|instr|coalesce|(status|id|source|schedule|error_code) IN|error_code IS|-?priority)",
      "^[a-z_0-9]+(,\\s+-?[a-z_0-9]+)+$",
      "^[a-z_0-9]+ [a-z ]+ [0-9]$", "^COPY ",
      "^(GET|POST|PUT|DELETE) /\\S*$",
    ]
    return forms.contains { text.trimmed.range(of: $0, options: .regularExpression) != nil }
  }

  /// An example that the help shows.
  private static func isCommandLine(_ text: String) -> Bool {
    text.hasPrefix("mission-control ")
      && text.range(of: "^mission-control( [a-z]+| &&| >|$)", options: .regularExpression) != nil
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
