import Configuration
import Glibc
import KeyTable
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct DemonstrationTests {
  /// The folder of the package, also when its tests are reached through a link.
  private static let root: String = {
    guard let path = realpath(#filePath, nil) else { return "." }
    defer { free(path) }
    return String(cString: path).split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
  }()

  @Test("the config.yaml of the repository works as it stands, without any variable")
  func configuration() throws {
    let configuration = try Configuration.load(path: "\(Self.root)/config.yaml", environment: [:])
    #expect(configuration.workers.map(\.name) == ["worker-1", "worker-2", "worker-3", "worker-4"])
    #expect(configuration.workers.map(\.url.text) == (1...4).map { "http://127.0.0.1:8600/worker-\($0)" })
    #expect(configuration.workers.map { $0.apiKey.reveal() } == (1...4).map { "demo-key-\($0)" })
    #expect(configuration.maxConcurrency(with: configuration.activeWorkers) == 8)
    #expect(configuration.proxies?.count == 3)
    #expect(configuration.storageS3.endpointURL == "http://127.0.0.1:8601")
    #expect(configuration.missionFiles().files == ["\(Self.root)/missions/2025-01.csv"])
  }

  @Test("globs are replaced by the files they match, sorted, each once; plain names stay")
  func globs() throws {
    let temporary = TemporaryFolder()
    let folder = temporary.path
    for name in ["b.csv", "a.csv", "c.txt"] {
      let descriptor = open("\(folder)/\(name)", O_CREAT | O_WRONLY, 0o600)
      close(descriptor)
    }
    var fixture = Fixture(adding: "missions: ['*.csv', b.csv, none.csv, '*.none', '[ab].csv']")
    fixture.path = "\(folder)/config.yaml"
    let search = try fixture.load().missionFiles()
    #expect(search.files == ["a.csv", "b.csv", "none.csv"].map { "\(folder)/\($0)" })
    #expect(search.unmatched == ["\(folder)/*.none"] && search.unreadable == [])
  }

  @Test("the environment of the process is read whole")
  func processEnvironment() {
    setenv("MISSION_TEST_VARIABLE", "a=b", 1)
    #expect(ConfigurationSource.processEnvironment()["MISSION_TEST_VARIABLE"] == "a=b")
  }
}
