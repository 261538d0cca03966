/// Names that one may choose from, as a sentence has them.
public enum Alternatives {
  /// `a`, `a or b`, `a, b or c`.
  public static func text(_ names: [String]) -> Message {
    guard names.count > 1, let last = names.last else { return "\(names.first ?? "")" }
    return "\(names.dropLast().joined(separator: ", ")) or \(last)"
  }
}
