import MissionCore
import YAML

/// A node on its way to a value.
package struct ValueInput {
  package let node: YAMLNode
  /// The variable of the environment that stands in for an absent key; its text is taken as it is.
  package var variable: String?

  package init(node: YAMLNode, variable: String? = nil) {
    self.node = node
    self.variable = variable
  }
}

/// Reads sections by their tables, and keeps what it finds wrong instead of stopping at the first.
package struct ConfigurationReader {
  /// One thing that is wrong, and where.
  package struct Finding {
    /// Nil when the cause is not in the file.
    package let mark: YAMLMark?
    package let message: Message
  }

  package let source: ConfigurationSource
  private let folder: String
  package private(set) var findings: [Finding] = []
  /// Where accepted values stand, by path; a refused or absent value is not there.
  package private(set) var marks: [String: YAMLMark] = [:]
  /// Which variable stood in for an absent key, by path.
  package private(set) var variables: [String: String] = [:]
  /// Which variables a written value names, by path.
  package private(set) var namedVariables: [String: [String]] = [:]
  private var refused: Set<String> = []
  private let purpose: Purpose
  /// What paths of sections begin with that nobody needs who only reads.
  private let sectionsOfWork: [String]
  private let table: @Sendable () -> [ConfigurationKey]

  /// What a configuration is read for.
  package enum Purpose: Sendable {
    /// To scrape, load and upload, or to show it whole: everything must be there.
    case working
    /// To look into the journal and the mission files: what only workers, proxies, destination, store and notices need
    /// may come from variables and files that are not there. It keeps its defaults then.
    case reading
  }

  /// - Parameters:
  ///   - sectionsOfWork: `storage_db.`, what paths of sections begin with that nobody needs who only reads.
  ///   - table: all keys, to say where one belongs that was written in the wrong section.
  package init(
    path: String, source: ConfigurationSource, purpose: Purpose, sectionsOfWork: [String],
    table: @escaping @Sendable () -> [ConfigurationKey]
  ) {
    self.source = source
    self.purpose = purpose
    self.sectionsOfWork = sectionsOfWork
    self.table = table
    folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// A relative path is relative to the configuration's folder.
  package func resolve(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }

  /// Whether the value at the path was wrong, so that nothing more is said of it.
  package func isRefused(_ path: String) -> Bool { refused.contains(path) }

  /// Whether the key is of no use to what the configuration is read for, so that a variable or a file that it takes its
  /// value from may be missing. What is written wrongly is told all the same.
  package func isUnused(_ path: String) -> Bool {
    guard purpose == .reading, !path.hasSuffix("].name"), !path.contains(".parameters.") else { return false }
    return sectionsOfWork.contains { path.hasPrefix($0) }
  }

  // MARK: Sections

  /// Always a section, with its defaults where something was refused.
  package mutating func section<Section: ConfigurationSection>(_ node: YAMLNode, path: String) -> Section {
    var section = Section()
    let prefix = path.isEmpty ? "" : path + "."
    guard let pairs = pairs(of: node, path: path) else { return section }
    let known = Section.keys.map(\.name)
    for pair in pairs where !known.contains(pair.key) { reportUnknown(pair, in: prefix, known: known) }
    for key in Section.keys {
      let pair = pairs.first { $0.key == key.name }
      sectionStart = node.mark
      sectionMark = pair?.keyMark ?? node.mark
      writtenKeys = pairs.map(\.key)
      key.read(&section, pair, &self, prefix + key.name)
    }
    sectionStart = node.mark
    section.check(&self, path: prefix)
    return section
  }

  /// Where the section that is read or checked begins.
  package private(set) var sectionStart = YAMLMark.start
  /// Where a key that is missing, or a section that is absent, is told of.
  private var sectionMark = YAMLMark.start
  /// The keys that stand beside the one that is being read, itself included.
  package private(set) var writtenKeys: [String] = []

  /// Nil when it is no mapping. Null is an empty one.
  private mutating func pairs(of node: YAMLNode, path: String) -> [YAMLNode.Pair]? {
    if node.isNull { return [] }
    switch node.content {
    case .mapping(let pairs): return pairs
    case .refused: return nil
    default:
      let shown: Message = path.isEmpty ? "the file" : "\(path)"
      report(node.mark, "\(shown) must be a mapping of keys to values")
      return nil
    }
  }

  /// Nil when it is no sequence.
  package mutating func items(of input: ValueInput, path: String) -> [YAMLNode]? {
    switch input.node.content {
    case .sequence(let items): return items
    case .refused: return nil
    default:
      report(input, "\(path) must be a list: lines that begin with `- `")
      return nil
    }
  }

  private mutating func reportUnknown(_ pair: YAMLNode.Pair, in prefix: String, known: [String]) {
    let name = UnseenCharacters.told(pair.key, as: UntrustedText.clean(pair.key, limit: 64))
    var message: Message = "unknown key \(prefix)\(name)"
    if let near = Suggestion.nearest(to: pair.key, among: known) {
      message += ", did you mean \(near)?"
    } else if let place = Suggestion.place(of: pair.key, in: table()) {
      message += "; it belongs to \(place)"
    } else {
      message += "; known here: \(known.joined(separator: ", "))"
    }
    report(pair.keyMark, message)
  }

  // MARK: Keys

  /// The value of a key: what is written, else the first variable of its environment that is not empty.
  package mutating func outcome<Value>(
    of codec: Codec<Value>, pair: YAMLNode.Pair?, path: String, environment: [String], isRequired: Bool
  ) -> Outcome<Value> {
    let place = sectionMark
    let written = pair.flatMap { $0.value.isNull ? nil : $0.value }
    var outcome = Outcome<Value>.absent
    if let written {
      outcome = codec.read(&self, ValueInput(node: written), path)
      if case .value = outcome { marks[path] = written.mark }
      if case .scalar(let text, _) = written.content { namedVariables[path] = Interpolation.names(in: text) }
    } else if codec.readsAbsent {
      return codec.read(&self, ValueInput(node: YAMLNode(mark: place, content: .mapping([]))), path)
    }
    if case .absent = outcome { outcome = fallback(of: codec, path: path, environment: environment) }
    switch outcome {
    case .refused: refused.insert(path)
    case .absent where isRequired && takesVariable(written, environment) && isUnused(path):
      refused.insert(path)
      return .refused
    case .absent where isRequired:
      refused.insert(path)
      report(written?.mark ?? place, missing(path, written: written, environment: environment))
    default: break
    }
    return outcome
  }

  /// Whether a value that is not there would come from the environment.
  private func takesVariable(_ written: YAMLNode?, _ environment: [String]) -> Bool {
    guard case .scalar(let text, _) = written?.content else { return !environment.isEmpty }
    return !environment.isEmpty || !Interpolation.names(in: text).isEmpty
  }

  private mutating func fallback<Value>(of codec: Codec<Value>, path: String, environment: [String])
    -> Outcome<Value>
  {
    for name in environment {
      guard let text = source.environment[name], !text.isEmpty else { continue }
      variables[path] = name
      let node = YAMLNode(mark: sectionMark, content: .scalar(text, isPlain: true))
      return codec.read(&self, ValueInput(node: node, variable: name), path)
    }
    return .absent
  }

  private func missing(_ path: String, written: YAMLNode?, environment: [String]) -> Message {
    var message: Message = "\(path) is missing"
    if let written {
      message = "\(path) is empty"
      if case .scalar(let text, _) = written.content {
        let names = Interpolation.names(in: text)
        if !names.isEmpty { message += ": set \(names.joined(separator: ", "))" }
      }
    }
    guard !environment.isEmpty else { return message }
    return message + "; write it here or set \(Message.or(environment))"
  }

  // MARK: Findings

  /// A problem at a place of the file; without one at its end.
  package mutating func report(_ mark: YAMLMark?, _ message: Message) {
    findings.append(Finding(mark: mark, message: message))
  }

  /// Tells of a key's accepted value, or of the section when the value is a default.
  package mutating func report(at path: String, _ message: Message) {
    if variables[path] == nil { report(marks[path] ?? sectionMark, message) } else { report(nil, message) }
  }

  /// `got` is shown as far as it stands in the file itself.
  package mutating func report(_ input: ValueInput, _ message: Message, got: ResolvedText? = nil) {
    var message = message
    if let variable = input.variable {
      return report(nil, "\(message), not the value of \(variable)")
    }
    if let got {
      if got.names.isEmpty {
        message += ", got \(UnseenCharacters.told(got.value, as: UntrustedText.clean(got.value, limit: 60)))"
      } else {
        message += ", not the value of \(Message.and(got.names))"
      }
    }
    report(input.node.mark, message)
  }

  /// Refuses `http://` to anything but the loopback unless it is allowed (SPEC 5).
  package mutating func checkPlainHTTP(_ url: ServiceURL?, allowed: Bool, path: String) {
    guard let url, url.isPlainHTTP, !url.isLoopback, !allowed, !isRefused(path) else { return }
    report(
      at: path,
      "\(path) is plain http, so secrets could be read on the way; use https or set allow_plain_http: true beside it"
    )
  }
}
