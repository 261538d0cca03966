import Configuration
import KeyTable
import YAML

/// Configurations: the reader says something for whatever it cannot use, at a place that exists, and shows no secret.
enum YAMLTarget: FuzzTarget {
  static let name = "yaml"

  static let seeds = [
    """
    version: 1
    locale: en
    missions: [missions/*.csv]
    execution: {refresh_interval: 5, auto_retry: true, timeout_session: 3m, max_result_size: 4GiB}
    workers:
      - {name: worker-1, url: "https://w.example", api_key: "${KEY}", capacity: 2}
    storage_db: {connection_string: "sqlite:state/ads.sqlite"}
    storage_s3: {bucket: b, region: auto, access_key: "${KEY}", secret_key: '${KEY:-x}', endpoint: "https://s3.example"}
    """,
    "workers:\n  - name: a\n    url: http://127.0.0.1:1\n    api_key: {file: /k}\n    active: yes\n  - name: a\n",
    "storage_db:\n  connection_string: postgresql://u:${KEY}@h:5432/db?sslmode=require\n  schema: x\n",
    "storage_db: {connection_string: \"host=h password='${KEY}' dbname=d\"}\n", "a: &x [1]\nb: *x\n<<: *x\n",
    "? [k]\n: v\n--- !!str\n%YAML 1.1\n", "a: |\n  text\nb: >-\n  folded\n'c': \"\\u0041\\x41\"\n",
    "[[[[{{{{",
  ]

  static let words = [
    "workers", "proxies", "storage_db", "storage_s3", "execution", "polling", "timeouts", "${KEY}", "${",
    "${A:-b}",
    "{file: ", "&a", "*a", "<<", "!!", "---", "...", "\t", ": ", "- ", "? ", "|", ">", "#", "\"", "'", "[",
    "{",
    "connection_string", "postgresql://", "sqlite:", "host=", "password=", "%2", "250ms", "4GiB",
    "canary-secret",
  ]

  static func take(_ bytes: UnsafeRawBufferPointer) {
    let text = Array(bytes)
    let document = YAMLDocument(reading: text)
    require(document.root != nil || !document.problems.isEmpty, "a tree or a problem")
    // libyaml also ends lines at CR, NEL, LS and PS, so each byte could be one.
    for problem in document.problems {
      require(problem.mark.line <= text.count + 1, "\(problem) is in the text")
    }
    if let root = document.root { check(root, depth: 1, lines: text.count + 1) }
    load(text)
  }

  private static func check(_ node: YAMLNode, depth: Int, lines: Int) {
    require(depth <= YAMLDocument.deepestNesting + 1, "the nesting is bounded")
    require(
      node.mark.line >= 1 && node.mark.line <= lines && node.mark.column >= 1, "the mark is in the text")
    switch node.content {
    case .scalar, .refused: return
    case .sequence(let items): for item in items { check(item, depth: depth + 1, lines: lines) }
    case .mapping(let pairs):
      require(Set(pairs.map(\.key)).count == pairs.count, "keys are unique")
      for pair in pairs { check(pair.value, depth: depth + 1, lines: lines) }
    }
  }

  /// The secret comes from a variable and from a file; what is said of the configuration must not show it.
  private static func load(_ text: [UInt8]) {
    let source = ConfigurationSource(environment: ["KEY": Canary.text]) { path, _ in
      path == "config.yaml" ? .success(text) : .success(Array(Canary.text.utf8))
    }
    // A text that spells the secret out shows it itself.
    let isSpelled = String(decoding: text, as: UTF8.self).contains(Canary.text)
    do throws(ConfigurationErrors) {
      let configuration = try Configuration.load(path: "config.yaml", source: source)
      if !isSpelled { require(!configuration.rendered().contains(Canary.text), "the secret is masked") }
    } catch {
      require(!error.diagnostics.isEmpty, "a refusal has a reason")
      if !isSpelled { require(!error.description.contains(Canary.text), "\(error)") }
    }
  }
}
