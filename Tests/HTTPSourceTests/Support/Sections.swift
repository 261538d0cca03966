import KeyTable
import YAML

@testable import HTTPSource

/// Sections as a configuration writes them.
enum Sections {
  static let apify = """
    url: https://api.apify.com/v2
    headers: {Authorization: "Bearer ${APIFY_TOKEN}"}
    start:  {post: "/acts/me~ads/runs", body: {from: "{date_start}", to: "{date_end}", languages: "{languages}"}, job: /data/id, keep: {dataset: /data/defaultDatasetId}}
    look:   {get: "/actor-runs/{job}", every: 30s, status: /data/status, waiting: [READY, RUNNING], done: [SUCCEEDED], empty: [], failed: [FAILED, ABORTED, TIMED-OUT], error: /data/statusMessage}
    result: {get: "/datasets/{dataset}/items", query: {format: jsonl}}
    cancel: {post: "/actor-runs/{job}/abort"}
    find:   {get: "/actor-runs", query: {desc: "1"}, jobs: /data/items, where: {/meta/mission: "{mission_id}"}, job: /id, keep: {dataset: /defaultDatasetId}}
    health: {get: "/users/me"}
    send: again
    """

  /// The section and `line:column: message` of everything that is wrong.
  static func read(
    _ yaml: String, parameters: [String] = [], environment: [String: String] = ["APIFY_TOKEN": "canary-1"]
  ) -> (section: HTTPSection, problems: [String]) {
    let declared =
      parameters.isEmpty ? "" : "\nparameters: {\(parameters.map { "\($0): text" }.joined(separator: ", "))}"
    let document = YAMLDocument(reading: Array((yaml + declared).utf8))
    let source = ConfigurationSource(environment: environment) { path, _ in
      path == "token" ? .success(Array("canary-file-2\n".utf8)) : .failure(.missing)
    }
    var reader = ConfigurationReader(
      path: "config.yaml", source: source, purpose: .working, sectionsOfWork: [], table: { [] })
    for problem in document.problems { reader.report(problem.mark, problem.message) }
    var section = HTTPSection()
    if let root = document.root { section = reader.section(root, path: "") }
    return (section, reader.findings.map { "\($0.mark?.line ?? 0):\($0.mark?.column ?? 0): \($0.message)" })
  }
}
