/// Measurements of one name in the text format that Prometheus and node_exporter read.
public struct MetricFamily: Equatable, Sendable {
  /// Whether the value only grows.
  public enum Kind: String, Sendable { case counter, gauge }

  /// One value, told from its neighbours by labels.
  public struct Sample: Equatable, Sendable {
    public let labels: [Label]
    public let value: Double
  }

  /// A name and its value, unescaped.
  public struct Label: Equatable, Sendable {
    public let name: String
    public let value: String
  }

  public let name: String
  public let kind: Kind
  /// A sentence, without its full stop.
  public let help: String
  public private(set) var samples: [Sample] = []

  public init(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }

  public init(_ name: String, _ kind: Kind, _ help: String, value: some BinaryInteger) {
    self.init(name, kind, help, value: Double(value))
  }

  public init(_ name: String, _ kind: Kind, _ help: String, value: Double) {
    self.init(name, kind, help)
    add(value)
  }

  /// A sample with its labels.
  public mutating func add(_ value: Double, _ labels: (String, String)...) {
    samples.append(Sample(labels: labels.map { Label(name: $0, value: $1) }, value: value))
  }

  /// Lines of the exposition format, version 0.0.4; nothing without samples.
  public var text: String {
    guard !samples.isEmpty else { return "" }
    var text = "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    for sample in samples {
      let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
      text += name + (labels.isEmpty ? "" : "{" + labels.joined(separator: ",") + "}")
      text += " \(Self.number(sample.value))\n"
    }
    return text
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.append(character)
      }
    }
    return escaped
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}
