import Messages

/// Builds the tree of one document from events and collects what is refused.
struct YAMLComposer {
  private let events: YAMLEventReader
  private(set) var problems: [YAMLProblem] = []

  init(events: YAMLEventReader) { self.events = events }

  /// The only document of the stream.
  mutating func document() throws(YAMLProblem) -> YAMLNode {
    var event = try nextStructural()
    guard case .documentStart = event.kind else {
      throw YAMLProblem(mark: .start, message: "the file is empty")
    }
    let root = try node(try events.next(), depth: 0)
    event = try nextStructural()
    if case .documentStart = event.kind { refuse(event.mark, "a second document is not accepted") }
    return root
  }

  private mutating func nextStructural() throws(YAMLProblem) -> YAMLEvent {
    while true {
      let event = try events.next()
      if case .other = event.kind { continue }
      return event
    }
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLProblem) -> YAMLNode {
    if event.hasAnchor { refuse(event.mark, "anchors are not accepted") }
    if event.hasTag { refuse(event.mark, "tags are not accepted") }
    switch event.kind {
    case .scalar(let text, let isPlain):
      return YAMLNode(mark: event.mark, content: .scalar(text, isPlain: isPlain))
    case .sequenceStart:
      return YAMLNode(mark: event.mark, content: .sequence(try items(at: event.mark, depth: depth + 1)))
    case .mappingStart:
      return YAMLNode(mark: event.mark, content: .mapping(try pairs(at: event.mark, depth: depth + 1)))
    default:
      refuse(event.mark, "aliases are not accepted; write the value again")
      return YAMLNode(mark: event.mark, content: .refused)
    }
  }

  private mutating func items(at mark: YAMLMark, depth: Int) throws(YAMLProblem) -> [YAMLNode] {
    try checkDepth(depth, at: mark)
    var items: [YAMLNode] = []
    while true {
      let event = try events.next()
      if case .collectionEnd = event.kind { return items }
      items.append(try node(event, depth: depth))
    }
  }

  private mutating func pairs(at mark: YAMLMark, depth: Int) throws(YAMLProblem) -> [YAMLNode.Pair] {
    try checkDepth(depth, at: mark)
    var pairs: [YAMLNode.Pair] = []
    var seen: [String: Int] = [:]
    while true {
      let event = try events.next()
      if case .collectionEnd = event.kind { return pairs }
      let key = try node(event, depth: depth)
      let value = try node(try events.next(), depth: depth)
      guard let name = acceptedKey(key, &seen) else { continue }
      pairs.append(YAMLNode.Pair(key: name, keyMark: key.mark, value: value))
    }
  }

  private mutating func acceptedKey(_ key: YAMLNode, _ seen: inout [String: Int]) -> String? {
    guard case .scalar(let name, let isPlain) = key.content else {
      if case .refused = key.content { return nil }
      refuse(key.mark, "a key must be a word")
      return nil
    }
    if isPlain, name == "<<" {
      refuse(key.mark, "merge keys are not accepted")
      return nil
    }
    if let line = seen.updateValue(key.mark.line, forKey: name) {
      refuse(key.mark, "the key \(name.prefix(64)) is repeated; it is first on line \(line)")
      seen[name] = line
      return nil
    }
    return name
  }

  private func checkDepth(_ depth: Int, at mark: YAMLMark) throws(YAMLProblem) {
    guard depth <= YAMLDocument.deepestNesting else {
      throw YAMLProblem(mark: mark, message: YAMLPrescan.tooDeep)
    }
  }

  private mutating func refuse(_ mark: YAMLMark, _ message: Message) {
    problems.append(YAMLProblem(mark: mark, message: message))
  }
}
