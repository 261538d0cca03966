import Foundation

/// A style sheet, read as far as it takes to see that it is made of whole rules.
struct StyleSheet {
  /// What stands before each `{`.
  private(set) var selectors: [String] = []
  private(set) var problems: [String] = []
  private var open: [String] = []

  init(_ text: String) {
    let plain = text.replacing(#/\/\*.*?\*\//#.dotMatchesNewlines(), with: "").replacing(
      #/"[^"\n]*"/#, with: "x")
    var pending = ""
    for character in plain {
      switch character {
      case "{": begin(pending)
      case "}": end(pending)
      case ";": declare(pending)
      default:
        pending.append(character)
        continue
      }
      pending = ""
    }
    if !open.isEmpty { problems.append("a rule has no end") }
  }

  private mutating func begin(_ text: String) {
    let selector = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if selector.isEmpty { problems.append("a rule without a selector") }
    // Only what begins with @, such as @media, holds rules.
    if let outer = open.last, !outer.hasPrefix("@") { problems.append("a rule inside a rule: \(selector)") }
    selectors.append(selector)
    open.append(selector)
  }

  private mutating func end(_ text: String) {
    declare(text)
    if open.popLast() == nil { problems.append("a } without its rule") }
  }

  private mutating func declare(_ text: String) {
    let declaration = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !declaration.isEmpty else { return }
    if open.isEmpty {
      problems.append("outside of a rule: \(declaration)")
    } else if declaration.wholeMatch(of: #/-{0,2}[a-z][a-z0-9-]*:\s*\S.*/#.dotMatchesNewlines()) == nil {
      problems.append("no declaration: \(declaration)")
    }
  }
}
