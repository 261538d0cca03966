/// A line some of whose parts are replaced by `***`, and that still knows where each column went.
struct MaskedLine {
  let scalars: [Unicode.Scalar]
  private var hidden: [Bool]

  init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    hidden = Array(repeating: false, count: scalars.count)
  }

  /// After the indentation and the dash of a list.
  var contentStart: Int? { scalars.firstIndex { !" \t-".unicodeScalars.contains($0) } }

  mutating func mask(_ range: Range<Int>) {
    for index in range { hidden[index] = true }
  }

  mutating func maskComment() {
    for (index, scalar) in scalars.enumerated() where scalar == "#" {
      guard index == 0 || " \t".unicodeScalars.contains(scalars[index - 1]) else { continue }
      return mask(min(index + 1, scalars.count)..<scalars.count)
    }
  }

  /// What stands before an `@` in a word, and what follows a `?` in a URL.
  mutating func maskUsersAndQueries() {
    var start = 0
    while start < scalars.count {
      let end = scalars[start...].firstIndex { " \t".unicodeScalars.contains($0) } ?? scalars.count
      let word = scalars[start..<end]
      let schemeEnd = word.indices.first { $0 >= start + 2 && scalars[$0] == "/" && scalars[$0 - 1] == "/" }
      let bodyStart = schemeEnd.map { $0 + 1 } ?? start
      if let at = word.lastIndex(of: "@"), at >= bodyStart { mask(bodyStart..<at) }
      if schemeEnd != nil, let query = word.firstIndex(of: "?") { mask(query + 1..<end) }
      start = end + 1
    }
  }

  /// At most about `width` characters around a column, and where that column is shown.
  func shown(around column: Int, width: Int) -> (text: String, column: Int) {
    var out: [Unicode.Scalar] = []
    var places: [Int] = []
    for index in scalars.indices {
      let startsMask = hidden[index] && (index == 0 || !hidden[index - 1])
      places.append(hidden[index] && !startsMask ? max(0, out.count - 3) : out.count)
      if startsMask { out += Array("***".unicodeScalars) }
      if !hidden[index] { out.append(Self.printable(scalars[index])) }
    }
    let place = column < places.count ? places[column] : out.count
    var first = 0
    if out.count > width { first = max(0, min(place - width / 2, out.count - width)) }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: out[first..<min(out.count, first + width)])
    let cutBefore = first > 0 ? "…" : ""
    let cutAfter = first + width < out.count ? "…" : ""
    return (cutBefore + String(text) + cutAfter, place - first + cutBefore.count)
  }

  /// One column each, without power over a terminal.
  private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "\t" { return " " }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return "·"
    default: return scalar
    }
  }
}
