import KeyTable

extension Configuration {
  /// The configuration as it takes effect, with every key, secrets as `***`: YAML that is itself a valid
  /// configuration, or JSON. Ends with a newline.
  public func rendered(json: Bool = false) -> String {
    var effective = self
    let limit = maxConcurrency(with: activeWorkers)
    if limit > 0 { effective.execution.maxConcurrency = limit }
    return json ? effective.rendered.json() + "\n" : effective.rendered.yaml()
  }

  /// The table of all keys.
  public static var table: [ConfigurationKey] { described }
}
