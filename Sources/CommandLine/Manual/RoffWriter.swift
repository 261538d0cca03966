import MissionCore

/// Writes the man macros of roff; text is escaped here.
struct RoffWriter {
  private(set) var text: String
  /// A heading stands right before: it needs no paragraph of its own.
  private var isBelowHeading = false

  /// - Parameter command: what made the page.
  init(madeBy command: String) { text = ".\\\" Made by \(command).\n" }

  mutating func title(_ name: String, _ manual: ManualSections) {
    raw(".TH \(name) 1 \"\(manual.day)\" \"\(manual.version)\" \"User Commands\"")
  }

  mutating func section(_ name: String) {
    raw(".SH \(name)")
    isBelowHeading = true
  }

  mutating func subsection(_ name: String) {
    raw(".SS \(Self.escaped(name))")
    isBelowHeading = true
  }

  mutating func synopsis(_ name: String, _ rest: String) {
    raw(".B \(Self.escaped(name))\n\(Self.escaped(rest))")
  }

  mutating func paragraph(_ text: String) { raw((isBelowHeading ? "" : ".PP\n") + Self.escaped(text)) }

  /// A term with its explanation.
  mutating func item(_ term: String, _ text: String) {
    raw(".TP\n.B \(Self.escaped(term))\n\(Self.escaped(text))")
  }

  mutating func example(_ line: String, _ purpose: String) {
    let colon = purpose.hasSuffix("?") ? "" : ":"
    raw(".PP\n\(Self.escaped(purpose))\(colon)\n.PP\n.RS 4\n.EX\n\(Self.escaped(line))\n.EE\n.RE")
  }

  mutating func raw(_ line: String) {
    text += line + "\n"
    isBelowHeading = false
  }

  /// A hyphen is typed as such, a backslash shown, a first dot or quote no macro; what is beyond ASCII by its number.
  static func escaped(_ text: String) -> String {
    var out = ""
    if text.first == "." || text.first == "'" { out = "\\&" }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": out += "\\e"
      case "-": out += "\\-"
      case _ where scalar.isASCII: out.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        out += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      }
    }
    return out
  }
}
