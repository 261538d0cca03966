import Crypto
import Foundation
import TestServers
import Testing

@testable import ReportPage

/// The files of the page's script and style, which no compiler reads.
@Suite("The page's script and style", .timeLimit(.minutes(5)))
struct PageSourcesTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/ReportPage")

  private static func files(_ folder: String) throws -> [(name: String, text: String)] {
    let place = Self.folder.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted().map {
      ($0, try String(contentsOf: place.appendingPathComponent($0), encoding: .utf8))
    }
  }

  @Test("each file is in the page once, and nothing else is in the style")
  func whole() throws {
    for (name, text) in try Self.files("Script") where name != "early.js" {
      #expect(PageScript.text.components(separatedBy: text).count == 2, "\(name)")
    }
    // The page of a coverage adds its own.
    let styles = try Self.files("Style").filter { $0.name != "coverage.css" }
    for (name, text) in styles {
      #expect(PageStyle.text.components(separatedBy: text).count == 2, "\(name)")
    }
    #expect(PageStyle.text.utf8.count == styles.reduce(styles.count - 1) { $0 + $1.text.utf8.count })
    #expect(PageScript.early == (try Self.files("Script").first { $0.name == "early.js" }?.text))
  }

  @Test(
    "the scripts are JavaScript, each file by itself and all of them together",
    .enabled(if: TextChecker.node.isWanted, "\(TextChecker.node.reason)"))
  func javaScript() throws {
    for (name, text) in try Self.files("Script") {
      #expect(try TextChecker.node.problems(text) == "", "\(name)")
    }
    #expect(try TextChecker.node.problems(PageScript.text) == "")
    #expect(try TextChecker.node.problems("const a = ;") != "")
  }

  @Test("no script and no style can end its element")
  func ends() {
    for text in [PageScript.text, PageScript.early, PageStyle.text] {
      #expect(!text.contains("</") && !text.contains("<!--"))
    }
  }

  @Test("each style sheet is made of whole rules")
  func rules() throws {
    for (name, text) in try Self.files("Style") { #expect(StyleSheet(text).problems == [], "\(name)") }
  }

  @Test(
    "what is no rule is found",
    arguments: [
      ("a { color red; }", "no declaration: color red"), ("a { color: ; }", "no declaration: color:"),
      ("a { color: red; ", "a rule has no end"), ("a { color: red; } }", "a } without its rule"),
      ("{ color: red; }", "a rule without a selector"),
      ("a { b { color: red; } }", "a rule inside a rule: b"),
      ("color: red;", "outside of a rule: color: red"),
    ])
  func broken(text: String, problem: String) { #expect(StyleSheet(text).problems == [problem]) }

  @Test("each colour and font that is used is set, and each that is set is used")
  func variables() {
    let set = Set(PageStyle.text.matches(of: #/(--[a-z0-9-]+):/#).map { String($0.output.1) })
    let used = PageStyle.text.matches(of: #/var\((--[a-z0-9-]+)\)/#).map { String($0.output.1) }
    // The canvas asks for its colours by name.
    let drawn = PageScript.text.matches(of: #/"(--[a-z0-9-]+)"/#).map { String($0.output.1) }
    #expect(set == Set(used + drawn))
  }

  @Test("the fonts are in the page, small, and under the licence that lies beside them")
  func fonts() throws {
    for (name, bytes) in [
      ("PlusJakartaSans", PackageResources.PlusJakartaSans_woff2),
      ("JetBrainsMono", PackageResources.JetBrainsMono_woff2),
    ] {
      #expect(bytes.count < 60_000 && bytes.starts(with: Array("wOF2".utf8)), "\(name)")
      #expect(PageStyle.whole.contains(Base64.text(bytes)), "\(name)")
      let licence = Self.folder.appendingPathComponent("Fonts/\(name)-OFL.txt")
      #expect(try String(contentsOf: licence, encoding: .utf8).contains("SIL OPEN FONT LICENSE"), "\(name)")
    }
    for family in ["Plus Jakarta Sans", "JetBrains Mono"] {
      #expect(PageStyle.text.contains("\"\(family)\""), "a style names it")
    }
  }

  @Test("each class that a rule names stands in the markup or the script")
  func classes() throws {
    let sources = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".js") }
      .map { try String(contentsOf: Self.folder.appendingPathComponent($0), encoding: .utf8) }
      .joined(separator: "\n")
    // Put together from a status or a number.
    let made = ["is-", "ads-", "part-", "heat-"]
    let selectors = StyleSheet(PageStyle.text).selectors.joined(separator: "\n")
    for name in Set(selectors.matches(of: #/\.([a-z][a-z0-9-]*)/#).map { String($0.output.1) }) {
      let isNamed = sources.contains(try Regex("[\" ]\(name)[\" \\\\]"))
      #expect(isNamed || made.contains { name.hasPrefix($0) }, "\(name)")
    }
  }
}
