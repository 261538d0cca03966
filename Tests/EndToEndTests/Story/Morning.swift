import Foundation
import TestSupport
import Testing

/// Everything that an operator may look at after a night, and that it all says the same.
struct Morning {
  /// What one place says of the whole journal; nil where it says nothing of it.
  struct Told: Equatable {
    var done: Int
    var failed: Int
    var left: Int
    var suspicious: Int
    var suspiciousDays: Set<String>
    var failedDays: Set<String>
    /// What is to be typed next.
    var command: String?
  }

  /// As the journal itself has it, and as status says what to type.
  let told: Told
  let coverageText: String
  private let site: Installation
  private let list: JSON
  private let status: JSON
  private let statusText: String
  private let report: JSON
  private let reportText: String
  private let whole: JSON
  private let wholeText: String
  private let runs: JSON
  private let coverage: JSON
  private let page: Page
  private let metrics: [String: Int]?

  init(_ site: Installation, page: String, metrics: String?) async throws {
    self.site = site
    list = try await site.json("list", "--limit", "1")["summary"]
    let suspicious = try await site.json("list", "--suspicious", "--limit", "1000")["missions"].elements
    let failed = try await site.json("list", "--status", "FAILED", "--limit", "1000")["missions"].elements
    status = try await site.json("status")
    statusText = try await site.run("status").output
    let run = status["last_run"]["run_id"].string ?? ""
    report = try await site.json("report", run)
    reportText = try await site.run("report", run).output
    whole = try await site.json("report", "--all")
    wholeText = try await site.run("report", "--all").output
    runs = try await site.json("runs")["runs"][0]
    let covered = try await site.end(try site.start(["coverage", "--output", "json"]))
    coverage = try JSON(text: covered.output)
    coverageText = try await site.run("coverage").output
    #expect(try await site.run("report", run, "--html", page).way == .exit(0))
    self.page = try Page(TemporaryFolder.text("\(site.folder)/\(page)"))
    self.metrics = try metrics.map { try Self.metrics(TemporaryFolder.text("\(site.folder)/\($0)")) }
    func days(_ missions: [JSON]) -> Set<String> { Set(missions.compactMap { $0["date_start"].string }) }
    let counts = list
    told = Told(
      done: counts["done"].int ?? -1, failed: counts["failed"].int ?? -1,
      left: ["pending", "queued", "running"].reduce(0) { $0 + (counts[$1].int ?? -1) },
      suspicious: suspicious.count, suspiciousDays: days(suspicious), failedDays: days(failed),
      command: Self.next(statusText))
  }

  func expectSameFigures(mail: String?, _ place: SourceLocation = #_sourceLocation) throws {
    expectSameJournal(place)
    expectSameRun(place)
    expectSameMetrics(place)
    let texts = [("report", reportText), ("mail", mail)]
    for (name, text) in texts {
      guard let text else { continue }
      #expect(Self.next(text) == told.command, "\(name): \(text)", sourceLocation: place)
      let figures = Self.figures(text)
      for key in ["selected", "done", "failed", "left"] {
        #expect(figures[key] == report["counts"][key].int, "\(name): \(key)", sourceLocation: place)
      }
      expectDays(Self.section("The backfill", of: text), name, place)
    }
    expectDays(statusText, "status", place)
    expectDays(Self.section("The backfill", of: wholeText), "report --all", place)
  }

  private func expectSameJournal(_ place: SourceLocation) {
    #expect(status["counts"] == list, "status", sourceLocation: place)
    #expect(status["backfill"]["done"].int == told.done, sourceLocation: place)
    #expect(status["backfill"]["total"] == list["total"], sourceLocation: place)
    for key in ["done", "failed", "left"] {
      let expected = ["done": told.done, "failed": told.failed, "left": told.left][key]
      #expect(whole["counts"][key].int == expected, "report --all: \(key)", sourceLocation: place)
      #expect(Self.figures(wholeText)[key] == expected, "report --all: \(key)", sourceLocation: place)
      #expect(page.backfill[key] == expected, "page: \(key) of the backfill", sourceLocation: place)
    }
    #expect(page.backfill["suspicious"] ?? 0 == told.suspicious, "page", sourceLocation: place)
    #expect(whole["summary"]["suspicious"]["count"].int == told.suspicious, sourceLocation: place)
    // One mission a day and slice: days are missions here.
    let days = coverage["counts"]
    func count(_ states: String...) -> Int { states.reduce(0) { $0 + (days[$1].int ?? -1) } }
    #expect(count("done", "empty", "suspicious") == told.done, "coverage", sourceLocation: place)
    #expect(count("failed") == told.failed, "coverage", sourceLocation: place)
    #expect(count("pending", "running", "missing") == told.left, "coverage", sourceLocation: place)
    #expect(count("suspicious") == told.suspicious, "coverage", sourceLocation: place)
    #expect(coveredDays("suspicious") == told.suspiciousDays, "coverage", sourceLocation: place)
    #expect(coveredDays("failed") == told.failedDays, "coverage", sourceLocation: place)
    #expect(page.days("suspicious") == told.suspiciousDays, "page", sourceLocation: place)
    #expect(page.days("failed") == told.failedDays, "page", sourceLocation: place)
    #expect(page.commands == [told.command].compactMap(\.self), "page", sourceLocation: place)
  }

  private func expectSameRun(_ place: SourceLocation) {
    let counts = report["counts"]
    let last = status["last_run"]
    for key in ["selected", "done", "failed", "left"] {
      #expect(last[key] == counts[key], "status: \(key)", sourceLocation: place)
      #expect(runs[key] == counts[key], "runs: \(key)", sourceLocation: place)
      #expect(page.run[key] == counts[key].int, "page: \(key) of the run", sourceLocation: place)
    }
    for key in ["run_id", "started_at", "finished_at", "exit_code", "ended"] {
      #expect(last[key] == report[key], "status: \(key)", sourceLocation: place)
      #expect(runs[key] == report[key], "runs: \(key)", sourceLocation: place)
    }
    #expect(Self.figures(reportText)["ads"] == report["ads"].int, sourceLocation: place)
  }

  private func expectSameMetrics(_ place: SourceLocation) {
    guard let metrics else { return }
    for status in ["pending", "queued", "running", "done", "failed", "cancelled"] {
      #expect(
        metrics["missions{status=\"\(status)\"}"] == list[status].int, "\(status)", sourceLocation: place)
    }
    #expect(metrics["suspicious_missions"] == told.suspicious, sourceLocation: place)
    for state in ["done", "empty", "suspicious", "failed", "cancelled", "pending", "running"] {
      #expect(
        metrics["coverage{state=\"\(state)\"}"] == coverage["counts"][state].int, "\(state)",
        sourceLocation: place)
    }
    for key in ["done", "failed", "left", "skipped"] {
      #expect(
        metrics["last_run_missions{outcome=\"\(key)\"}"] == report["counts"][key].int, "\(key)",
        sourceLocation: place)
    }
    #expect(metrics["last_run_ads"] == report["ads"].int, sourceLocation: place)
    #expect(metrics["last_run_exit_code"] == report["exit_code"].int, sourceLocation: place)
  }

  /// The lines that name the days which failed and which look wrong.
  private func expectDays(_ text: String, _ name: String, _ place: SourceLocation) {
    for (word, count, days) in [
      ("failed", told.failed, told.failedDays), ("suspicious", told.suspicious, told.suspiciousDays),
    ] {
      let line = text.split(separator: "\n").last {
        $0.hasPrefix("  \(word) ") && (count == 0 || $0.contains("20"))
      }
      let parts = line.map { $0.split(separator: " ", omittingEmptySubsequences: true) } ?? []
      guard count > 0 else { continue }
      #expect(parts.dropFirst().first.flatMap { Int($0) } == count, "\(name): \(word)", sourceLocation: place)
      #expect(
        Self.days(parts.dropFirst(2).joined(separator: " ")) == days, "\(name): \(word)",
        sourceLocation: place)
    }
  }

  private func coveredDays(_ state: String) -> Set<String> {
    Set(
      coverage["slices"].elements.flatMap { $0["ranges"].elements }.filter { $0["state"].string == state }
        .flatMap { Self.days("\($0["from"].string ?? "")..\($0["to"].string ?? "")") })
  }

  // MARK: - Reading texts

  /// Every day of `2025-04-12..2025-04-15, 2025-04-17`.
  static func days(_ text: String) -> Set<String> {
    var days: Set<String> = []
    for range in text.components(separatedBy: ", ") {
      let ends = range.trimmingCharacters(in: .whitespaces).components(separatedBy: "..")
      let numbers = ends.compactMap { day in (0..<400).first { Installation.day($0) == day } }
      guard let first = numbers.first, let last = numbers.last else { continue }
      days.formUnion((first...last).map(Installation.day))
    }
    return days
  }

  /// The numbers behind the words of the first table.
  private static func figures(_ text: String) -> [String: Int] {
    var figures: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard line.hasPrefix("  "), parts.count == 2, let number = Int(parts[1].replacing(",", with: ""))
      else { continue }
      let word = String(parts[0])
      if figures[word] == nil { figures[word] = number }
    }
    return figures
  }

  private static func section(_ title: String, of text: String) -> String {
    text.components(separatedBy: "\n\n").first { $0.hasPrefix(title) } ?? ""
  }

  /// The one command below `Next`; nil where there is none.
  static func next(_ text: String) -> String? {
    let lines = section("Next", of: text).split(separator: "\n").dropFirst()
    let commands = lines.filter { $0.hasPrefix("  mission-control ") }
    #expect(commands.count <= 1, "more than one command: \(commands)")
    return commands.first?.trimmingCharacters(in: .whitespaces).components(separatedBy: "  ").first
  }

  private static func metrics(_ text: String) -> [String: Int] {
    var metrics: [String: Int] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("mission_control_") {
      let parts = line.dropFirst("mission_control_".count).split(separator: " ")
      metrics[String(parts[0])] = parts.last.flatMap { Int($0) }
    }
    return metrics
  }
}

/// The report as a page, read as somebody without a script reads it.
struct Page {
  let backfill: [String: Int]
  let run: [String: Int]
  /// What is to be typed next.
  let commands: [String]
  private let html: String

  init(_ html: String) {
    self.html = html
    backfill = Self.figures(html, "backfill-totals")
    run = Self.figures(html, "run-totals")
    let next = html.components(separatedBy: "id=\"next\"").dropFirst().first?.components(
      separatedBy: "</section>")
    commands = Self.matches(next?.first ?? "", "<code>(.*?)</code>").map { match in
      match[1].replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)
        .replacingOccurrences(of: "&amp;", with: "&")
    }
  }

  /// The days that it names as such.
  func days(_ kind: String) -> Set<String> {
    let text = Self.matches(
      html, "<p class=\"days-named\" data-kind=\"\(kind)\">.*?<span class=\"figure\">(.*?)</span>"
    )
    .first?[1]
    return Morning.days(text ?? "")
  }

  private static func figures(_ html: String, _ id: String) -> [String: Int] {
    let list = html.components(separatedBy: "id=\"\(id)\"").dropFirst().first?.components(
      separatedBy: "</dl>"
    ).first
    var figures: [String: Int] = [:]
    for match in matches(list ?? "", "data-figure=\"([a-z]+)\"[^>]*><dt>[^<]*</dt><dd>([0-9,]+)") {
      figures[match[1]] = Int(match[2].replacingOccurrences(of: ",", with: ""))
    }
    return figures
  }

  private static func matches(_ text: String, _ pattern: String) -> [[String]] {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: .dotMatchesLineSeparators)
    else {
      return []
    }
    let whole = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: whole).map { match in
      (0..<match.numberOfRanges).map { Range(match.range(at: $0), in: text).map { String(text[$0]) } ?? "" }
    }
  }
}
