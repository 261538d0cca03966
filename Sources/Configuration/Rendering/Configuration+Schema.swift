import KeyTable
import Kinds

extension Configuration {
  /// The JSON Schema of config.yaml (draft 2020-12), for editors. Ends with a newline.
  public static func jsonSchema() -> String {
    guard case .mapping(let pairs) = SchemaWriter.object(described) else { return "" }
    let head: [(String, ConfigurationValue)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("Mission Control config.yaml")),
    ]
    return ConfigurationValue.mapping(head + pairs + [("not", twoOfOne)]).json() + "\n"
  }

  /// Any two of the stores' sections, or of the destinations'.
  private static var twoOfOne: ConfigurationValue {
    let destinations = ["storage_db"] + Kinds.destinations.map { $0.name }
    let pairs = [Kinds.stores.map { $0.name }, destinations].flatMap { names in
      names.indices.flatMap { first in names[(first + 1)...].map { [names[first], $0] } }
    }
    return .mapping([
      (
        "anyOf",
        .list(pairs.map { .mapping([("required", .list($0.map(ConfigurationValue.text)))]) })
      )
    ])
  }
}

/// Says the table in the words of JSON Schema.
private enum SchemaWriter {
  typealias Pairs = [(String, ConfigurationValue)]

  static func object(_ keys: [ConfigurationKey]) -> ConfigurationValue {
    // A key that the environment can give is not required in the file.
    let required = keys.filter { $0.isRequired && $0.environment.isEmpty }.map {
      ConfigurationValue.text($0.name)
    }
    var pairs: Pairs = [
      ("type", .text("object")), ("additionalProperties", .flag(false)),
      ("properties", .mapping(keys.map { ($0.name, property($0)) })),
    ]
    if !required.isEmpty { pairs.append(("required", .list(required))) }
    return .mapping(pairs)
  }

  private static func property(_ key: ConfigurationKey) -> ConfigurationValue {
    var pairs: Pairs = [("description", .text(key.documentation))]
    switch key.defaultValue {
    case .null, .mapping, .secret: break
    default: pairs.append(("default", key.defaultValue))
    }
    guard case .mapping(let shape) = self.shape(key.kind) else { return .mapping(pairs) }
    return .mapping(pairs + shape)
  }

  private static func shape(_ kind: ConfigurationKey.Kind) -> ConfigurationValue {
    switch kind {
    case .text, .url, .path: return .mapping([("type", types("string", "number", "boolean", "null"))])
    case .choice(let words):
      let choices = words.map(ConfigurationValue.text)
      return orVariable([("enum", .list(choices))])
    case .integer(let range):
      return orVariable([
        ("type", .text("integer")), ("minimum", .number(Int64(range.lowerBound))),
        ("maximum", .number(Int64(range.upperBound))),
      ])
    case .flag: return orVariable([("type", .text("boolean"))])
    case .duration: return quantity("^[0-9]+([.][0-9]+)?(ms|s|m|h|d)?$")
    case .size: return quantity("^[0-9]+([KMGTkmgt][Ii]?)?[Bb]?$")
    case .secret: return secret
    case .section(let keys): return object(keys)
    case .list(let item): return .mapping([("type", types("array", "null")), ("items", shape(item))])
    case .map(let item):
      return .mapping([("type", types("object", "null")), ("additionalProperties", shape(item))])
    case .document: return .mapping([("type", types("object", "array"))])
    case .anyOf(let kinds): return .mapping([("anyOf", .list(kinds.map(shape)))])
    }
  }

  private static let secret = ConfigurationValue.mapping([
    (
      "anyOf",
      .list([
        .mapping([("type", types("string", "number", "null"))]),
        .mapping([
          ("type", .text("object")), ("additionalProperties", .flag(false)),
          ("properties", .mapping([("file", .mapping([("type", .text("string"))]))])),
          ("required", .list([.text("file")])),
        ]),
      ])
    )
  ])

  private static func types(_ names: String...) -> ConfigurationValue {
    .list(names.map(ConfigurationValue.text))
  }

  private static func quantity(_ pattern: String) -> ConfigurationValue {
    .mapping([
      (
        "anyOf",
        .list([
          .mapping([("type", .text("number")), ("minimum", .number(0))]),
          .mapping([("type", .text("string")), ("pattern", .text(pattern))]), variable, nothing,
        ])
      )
    ])
  }

  private static func orVariable(_ shape: Pairs) -> ConfigurationValue {
    .mapping([("anyOf", .list([.mapping(shape), variable, nothing]))])
  }

  private static let variable = ConfigurationValue.mapping([
    ("type", .text("string")), ("pattern", .text("\\$\\{")),
  ])
  private static let nothing = ConfigurationValue.mapping([("type", .text("null"))])
}
