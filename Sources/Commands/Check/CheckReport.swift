import JSONStream
import MissionCore
import Report
import Terminal
import Translation

/// Shows the results of `check`.
struct CheckReport {
  let style: TextStyle
  /// Columns of the widest name.
  let nameWidth: Int
  let redactor: Redactor
  /// Of the text; JSON stays as it is.
  let language: Language

  init(names: [Message], style: TextStyle, redactor: Redactor, language: Language = .english) {
    self.style = style
    self.redactor = redactor
    self.language = language
    let translator = Translator.to(language)
    nameWidth = names.map { DisplayColumns.count(of: translator.translate($0)) }.max() ?? 0
  }

  /// `✓ worker worker-1   45 ms  a remark`; for a failure the next line says what to do.
  func lines(_ result: CheckResult) -> String {
    let name = DisplayColumns.pad(said(result.name), to: nameWidth)
    let time = DisplayColumns.padLeft(Humanized(language).duration(seconds: result.seconds), to: 7)
    switch result.outcome {
    case .passed(let remark):
      let tail = remark.isEmpty ? "" : "  \(said(remark))"
      return "\(style.green("✓")) \(name)  \(time)\(tail)\n"
    case .failed(let message, let advice):
      let head = "\(style.red("✗")) \(name)  \(time)  \(said(message))\n"
      return advice.isEmpty ? head : head + "    → \(said(advice))\n"
    }
  }

  func json(_ results: [CheckResult]) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("passed")
    json.value(results.allSatisfy(\.isPassed))
    json.key("checks")
    json.beginArray()
    for result in results { write(result, to: &json) }
    json.endArray()
    json.endObject()
    return json.text + "\n"
  }

  private func write(_ result: CheckResult, to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.value(clean(result.name))
    json.key("passed")
    json.value(result.isPassed)
    json.key("seconds")
    json.value((result.seconds * 1000).rounded() / 1000)
    switch result.outcome {
    case .passed(let remark):
      json.key("message")
      json.value(remark.isEmpty ? nil : clean(remark))
      json.key("advice")
      json.null()
    case .failed(let message, let advice):
      json.key("message")
      json.value(clean(message))
      json.key("advice")
      json.value(advice.isEmpty ? nil : clean(advice))
    }
    json.endObject()
  }

  /// In the reader's language.
  private func said(_ text: Message) -> String { Translator.to(language).translate(message(text)) }

  private func message(_ text: Message) -> Message {
    UntrustedText.message(text, limit: 400, masking: redactor)
  }

  private func clean(_ text: Message) -> String { message(text).plain }
}
