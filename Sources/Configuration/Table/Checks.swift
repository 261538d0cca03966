import KeyTable
import MissionCore

// The rules that span several keys.

extension Configuration {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    checkThatThereAreWorkers(&reader)
    checkWorkersOfSources(&reader)
    checkWindows(&reader)
    checkSchedules(&reader)
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
          let rule: Message = "a worker holds one session, so it can be listed once"
          reader.report(mark, "workers[\(index)].url is also the URL of \(first); \(rule)")
        }
      }
    }
  }
}

extension Configuration {
  /// Where no source needs any, there may be none.
  private func checkThatThereAreWorkers(_ reader: inout ConfigurationReader) {
    guard workers.isEmpty, usesWorkers, !reader.isRefused("workers") else { return }
    if let mark = reader.marks["workers"] {
      reader.report(mark, "workers must name at least one worker")
    } else {
      let path = "workers"
      reader.report(reader.sectionStart, "\(path) is missing")
    }
  }

  private func checkWorkersOfSources(_ reader: inout ConfigurationReader) {
    for source in sources ?? [] {
      guard case .named(let chosen) = source.value.workersUsed else { continue }
      let path = "sources.\(source.name).workers"
      if chosen.isEmpty { reader.report(at: path, "\(path) must name at least one worker") }
      for name in chosen where !workers.contains(where: { $0.name == name }) {
        reader.report(at: path, "\(path) names \(name), which is none of workers")
      }
    }
  }
}

extension Configuration.Retention {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    guard prune != nil, missions == nil, events == nil, !reader.isRefused(path + "missions"),
      !reader.isRefused(path + "events")
    else { return }
    reader.report(at: path + "prune", "\(path)prune needs \(path)missions or \(path)events")
  }
}

extension Configuration.Execution {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(proxyCheckURL, allowed: allowPlainHTTP, path: path + "proxy_check_url")
  }
}

extension Configuration.Worker {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "url")
  }
}

extension Configuration.Webhook {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "secret_url")
  }
}

extension Configuration.Ping {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(url, allowed: allowPlainHTTP, path: path + "secret_url")
  }
}

extension Configuration.Email {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
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
