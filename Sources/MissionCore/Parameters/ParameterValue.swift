import JSONStream

/// The value of a parameter. Days and words are texts: once they are read, nothing tells them apart any more.
package enum ParameterValue: Hashable, Sendable {
  /// Never empty: an empty one is left out of everything.
  case text(String)
  case integer(Int64)

  /// As a row writes it.
  package var text: String {
    switch self {
    case .text(let text): return text
    case .integer(let integer): return "\(integer)"
    }
  }

  /// A JSON string or number.
  package func write(to json: inout JSONWriter) {
    switch self {
    case .text(let text): json.value(text)
    case .integer(let integer): json.value(integer)
    }
  }
}
