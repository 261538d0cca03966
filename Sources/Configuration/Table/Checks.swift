import MissionCore

// The rules that span several keys.

extension Configuration {
  mutating func check(_ reader: inout ConfigurationReader, path: String) {
    if workers.isEmpty, let mark = reader.marks["workers"] {
      reader.report(mark, "workers must name at least one worker")
    }
    checkWorkersOfSources(&reader)
    var names: [String: Int] = [:]
    var urls: [String: String] = [:]
    for (index, worker) in workers.enumerated() {
      if let mark = reader.marks["workers[\(index)].name"] {
        if let first = names[worker.name] {
          reader.report(mark, "workers[\(index)].name \(worker.name) is also the name of workers[\(first)]")
        } else {
          names[worker.name] = index
        }
      }
      if worker.isActive, let mark = reader.marks["workers[\(index)].url"] {
        if let first = urls.updateValue(worker.name, forKey: worker.url.text) {
          let rule = "a worker holds one session, so it can be listed once"
          reader.report(mark, "workers[\(index)].url is also the URL of \(first); \(rule)")
        }
      }
    }
  }
}

extension Configuration {
  private func checkWorkersOfSources(_ reader: inout ConfigurationReader) {
    for source in sources ?? [] {
      guard let chosen = source.value.workers else { continue }
      let path = "sources.\(source.name).workers"
      if chosen.isEmpty { reader.report(at: path, "\(path) must name at least one worker") }
      for name in chosen where !workers.contains(where: { $0.name == name }) {
        reader.report(at: path, "\(path) names \(name), which is none of workers")
      }
    }
  }
}

extension Configuration.Execution {
  mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(proxyCheckURL, allowed: allowPlainHTTP, path: path + "proxy_check_url")
  }
}

extension Configuration.Worker {
  mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "url")
  }
}

extension Configuration.StorageS3 {
  mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(endpoint, allowed: allowPlainHTTP, path: path + "endpoint")
    KeyPair(path: path).check(accessKey, secretKey, &reader)
    // A token belongs to the key pair it was issued with.
    if reader.variables[path + "session_token"] != nil,
      reader.variables[path + "access_key"] != "AWS_ACCESS_KEY_ID"
    {
      sessionToken = nil
    }
    if endpoint == nil, region == "auto", !reader.isRefused(path + "endpoint") {
      reader.report(at: path + "region", "\(path)region auto needs an endpoint")
    }
    if let endpoint, !bucket.isEmpty, !reader.isRefused(path + "endpoint"), endpoint.holds(bucket: bucket) {
      let variable = reader.variables[path + "endpoint"].map { " (look at \($0))" } ?? ""
      reader.report(
        at: path + "endpoint",
        "\(path)endpoint must not hold the bucket \(bucket); it belongs in bucket alone\(variable)")
    }
    if addressing == .virtual, let endpoint, endpoint.isAddress {
      reader.report(
        at: path + "addressing",
        "\(path)addressing virtual needs an endpoint with a host name, not an address")
    }
  }
}

extension Configuration.Webhook {
  mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "secret_url")
  }
}

extension Configuration.Ping {
  mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "secret_url")
  }
}

extension Configuration.Email {
  mutating func check(_ reader: inout ConfigurationReader, path: String) {
    if to.isEmpty, !reader.isRefused(path + "to") {
      reader.report(at: path + "to", "\(path)to must name at least one address")
    }
    if (username == nil) != (password == nil), !reader.isRefused(path + "password") {
      reader.report(at: path + "username", "\(path)username and password belong together")
    }
    let server = HostAndPort(server[...])
    if encryption == .none, password != nil, server?.isLoopback == false {
      reader.report(
        at: path + "encryption",
        "\(path)encryption none would send the password in the clear; use starttls or tls")
    }
  }
}
