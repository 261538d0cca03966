import URI

/// The largest lengths of parameters, percent-encoded: a store keeps 2 KiB of metadata for an object.
package enum ParameterLimits {
  private static let value = 256
  private static let values = 1024
  /// As JSON, with the names.
  private static let json = 1536

  /// The parameter whose value breaks a rule, and the rule; nil when all are kept. The last one stands for all together.
  package static func fault(of values: ParameterValues) -> (name: String, rule: Message)? {
    var sum = 0
    for entry in values.entries {
      let length = PercentEncoding.length(of: entry.value.text)
      sum += length
      if length > value { return (entry.name, text("\(entry.name) is \(length) bytes long", value)) }
    }
    guard let last = values.entries.last else { return nil }
    if sum > self.values {
      return (last.name, text("the parameters are \(sum) bytes long together", self.values))
    }
    let length = values.percentEncodedJSON.utf8.count
    guard length > json else { return nil }
    return (last.name, text("the parameters with their names are \(length) bytes long", json))
  }

  private static func text(_ what: Message, _ limit: Int) -> Message {
    "\(what), percent-encoded; accepted: at most \(limit)"
  }
}

extension ParameterType {
  /// What a value may be, for messages.
  package var accepted: Message {
    switch self {
    case .text: return "text"
    case .integer: return "a whole number of at most 18 digits, without + and leading zeros"
    case .date: return "YYYY-MM-DD"
    case .words(let words): return "\(words.joined(separator: ", "))"
    }
  }
}
