import Configuration
import Foundation
import Testing

@Suite("the examples of sources", .timeLimit(.minutes(1))) struct SourceExamplesTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../../examples/sources").standardizedFileURL.path
  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.contains(".") }
    .sorted()

  @Test("are all listed, and there are some")
  func listed() throws {
    #expect(Self.names.count >= 8)
    let readme = try String(contentsOfFile: "\(Self.folder)/README.md", encoding: .utf8)
    for name in Self.names { #expect(readme.contains("[`\(name)/`](\(name)/)"), "\(name)") }
  }

  @Test(
    "load with the variables that they name, and their mission files name their sources", arguments: names)
  func loads(name: String) throws {
    let folder = "\(Self.folder)/\(name)"
    let text = try String(contentsOfFile: "\(folder)/config.yaml", encoding: .utf8)
    let variables = text.matches(of: /\$\{([A-Z_]+)\}/).map { String($0.1) }
    let head = text.split(separator: "\nversion:", maxSplits: 1)[0]
    for variable in variables { #expect(head.contains(variable), "the file says that it needs \(variable)") }
    let environment = Dictionary(variables.map { ($0, "canary-\($0)") }, uniquingKeysWith: { $1 })
    let configuration = try Configuration.load(path: "\(folder)/config.yaml", environment: environment)
    let shown = configuration.rendered()
    #expect(!shown.contains("canary"))
    let sources = try #require(configuration.declaredSources)
    let files = configuration.missionFiles().files
    #expect(files.count == 1)
    let rows = try String(contentsOfFile: try #require(files.first), encoding: .utf8).split(separator: "\n")
    let columns = rows[0].split(separator: ",").map(String.init)
    let place = try #require(columns.firstIndex(of: "source"))
    for row in rows.dropFirst() {
      let source = row.split(separator: ",", omittingEmptySubsequences: false)[place]
      #expect(sources.contains { $0.name == source })
    }
    let known = ["date_start", "date_end", "source", "media_type", "languages", "priority"]
    let parameters = Set(sources.flatMap { $0.parameters.map(\.name) })
    #expect(Set(columns).subtracting(known).isSubset(of: parameters))
    let readme = try String(contentsOfFile: "\(folder)/README.md", encoding: .utf8)
    #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count <= 40, "one screen")
  }
}
