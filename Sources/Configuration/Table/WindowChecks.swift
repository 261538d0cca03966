import KeyTable
import MissionCore

// What a window must be besides its own keys: its days in order, its source's, and not too many missions.
extension Configuration {
  func checkWindows(_ reader: inout ConfigurationReader) {
    for (index, entry) in missions.enumerated() {
      guard case .window(let window) = entry else { continue }
      let path = "missions[\(index)]"
      if case .date(let from) = window.from, case .date(let to) = window.to, to < from,
        !reader.isRefused("\(path).from"), !reader.isRefused("\(path).to")
      {
        reader.report(at: "\(path).to", "\(path).to \(to) is before \(path).from \(from)")
      }
      guard let source = checkedSource(of: window, &reader, path) else { continue }
      let values = checkedParameters(window, of: source, &reader, path)
      checkCount(window, values, &reader, path)
    }
  }

  /// The source of what makes missions, which has all that it needs; nil when that is told to be wrong, or cannot be
  /// known.
  func checkedSource(
    of maker: some MissionMaker, _ reader: inout ConfigurationReader, _ path: String
  ) -> SourceDeclaration? {
    // Without a `sources:` that could be read nothing is known of any.
    guard !reader.isRefused("sources"), !reader.isRefused("\(path).source") else { return nil }
    // A section of the name that could not be read says itself what is wrong with it.
    guard !reader.isRefused("sources.\(maker.source).kind") else { return nil }
    guard let source = declaration(of: maker.source) else {
      let known = (declaredSources ?? []).map(\.name).joined(separator: ", ")
      reader.report(
        reader.marks["\(path).source"] ?? maker.mark,
        "\(path).source \(maker.source) is none of sources; there are \(known)")
      return nil
    }
    checkMedia(maker, of: source, &reader, path)
    return source
  }

  private func checkMedia(
    _ maker: some MissionMaker, of source: SourceDeclaration, _ reader: inout ConfigurationReader,
    _ path: String
  ) {
    guard source.needsMedia else { return }
    if maker.mediaType == nil, !reader.isRefused("\(path).media_type") {
      reader.report(maker.mark, "\(path).media_type is missing: the source \(source.name) needs it")
    }
    if maker.languages?.isEmpty ?? true, !reader.isRefused("\(path).languages") {
      reader.report(maker.mark, "\(path).languages is missing: the source \(source.name) needs at least one")
    }
  }

  /// The parameters that are right.
  func checkedParameters(
    _ maker: some MissionMaker, of source: SourceDeclaration, _ reader: inout ConfigurationReader,
    _ path: String
  ) -> [MissionWindow.Parameter] {
    var checked: [MissionWindow.Parameter] = []
    for parameter in maker.parameters {
      let place = "\(path).parameters.\(UntrustedText.clean(parameter.name, limit: 64))"
      guard let declared = source.parameters.first(where: { $0.name == parameter.name }) else {
        let known = source.parameters.map(\.name).joined(separator: ", ")
        reader.report(
          parameter.mark,
          "\(place) is no parameter of the source \(source.name)"
            + (known.isEmpty ? "" : "; known here: \(known)"))
        continue
      }
      var values: [ParameterValue] = []
      for (text, mark) in parameter.values {
        let value = declared.type.value(of: text)
        guard let value, !declared.refuses(value) else {
          let shown = UnseenCharacters.told(text, as: UntrustedText.clean(text, limit: 60))
          let accepted = value == nil ? declared.type.accepted : ParameterDeclaration.acceptedArgument
          reader.report(mark, "\(place) \(shown) is no value of it; accepted: \(accepted)")
          continue
        }
        if values.contains(value) { reader.report(mark, "\(place) lists \(value.text) twice") }
        values.append(value)
      }
      if !values.isEmpty { checked.append(MissionWindow.Parameter(name: parameter.name, values: values)) }
    }
    for parameter in source.parameters
    where parameter.isRequired && !maker.parameters.contains(where: { $0.name == parameter.name }) {
      reader.report(
        reader.marks["\(path).parameters"] ?? maker.mark,
        "\(path).parameters.\(parameter.name) is missing: the source \(source.name) needs it")
    }
    return checked
  }

  private func checkCount(
    _ window: Window, _ parameters: [MissionWindow.Parameter], _ reader: inout ConfigurationReader,
    _ path: String
  ) {
    checkLength(parameters, &reader, path)
    var whole = window.bare
    whole.parameters = parameters
    let count = whole.count(today: reader.source.now().day(in: timeZone))
    if count > MissionWindow.mostMissions {
      reader.report(
        window.mark,
        "\(path) makes \(count) missions, at most \(MissionWindow.mostMissions) are allowed: narrow from and to, or write "
          + "several windows")
    }
  }

  /// - Parameter common: what every mission has as well.
  func checkLength(
    _ parameters: [MissionWindow.Parameter], with common: [ParameterValues.Entry] = [],
    _ reader: inout ConfigurationReader, _ path: String
  ) {
    // The longest values stand for all combinations.
    let longest = parameters.map { parameter in
      ParameterValues.Entry(
        name: parameter.name,
        value: parameter.values.max { $0.text.utf8.count < $1.text.utf8.count } ?? parameter.values[0])
    }
    if let fault = ParameterLimits.fault(of: ParameterValues(longest + common)) {
      reader.report(at: "\(path).parameters", "\(path).parameters: \(fault.rule)")
    }
  }
}
