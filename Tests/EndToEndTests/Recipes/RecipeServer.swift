import Foundation
import TestServers
import TestSupport

/// A server that a recipe is tried against, with a folder of its own; both are there until `stop`.
final class RecipeServer {
  private struct Description: Decodable {
    let port: UInt16
    let deployment: String?
    let token: String?
  }

  private let folder = TemporaryFolder()
  private let server: ScriptServer
  let control: ControlClient
  /// The id of Prefect's deployment; empty elsewhere.
  let deployment: String
  /// What Airflow wants with every request; empty elsewhere.
  let token: String
  var port: UInt16 { control.port }

  /// - Parameters:
  ///   - script: of `Tests/TestServers/Python`.
  ///   - arguments: after the folder's path, where the script takes one.
  init(
    _ script: String, needsFolder: Bool = true, _ arguments: [String],
    python: String = ServerTools.path("python")
  ) throws {
    server = try ScriptServer(script, (needsFolder ? [folder.path] : []) + arguments, python: python)
    let description = try JSONDecoder().decode(Description.self, from: Data(server.description.utf8))
    control = ControlClient(port: description.port)
    deployment = description.deployment ?? ""
    token = description.token ?? ""
  }

  /// What the server answers to a GET.
  func get(_ path: String) throws -> String {
    String(decoding: try control.get(path, token: token), as: UTF8.self)
  }

  func post(_ path: String, _ body: String) throws -> String {
    String(decoding: try control.post(path, body), as: UTF8.self)
  }

  /// Ends it. To be called at the end of a test: an object that nobody mentions any more is gone at once.
  func stop() { server.stop() }
}
