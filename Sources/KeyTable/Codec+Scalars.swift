import MissionCore

extension Codec where Value == Int {
  /// A whole number in the range.
  package static func integer(_ range: ClosedRange<Int>) -> Codec {
    .scalar(
      .integer(range), accepts: "must be \(range.lowerBound)...\(range.upperBound)", isWord: false,
      parse: { text, _ in
        guard let number = Int(text), !text.hasPrefix("+") else {
          return .refused("must be a whole number of \(range.lowerBound)...\(range.upperBound)")
        }
        return ParsedValue(range.contains(number) ? number : nil)
      }, render: { .number(Int64($0)) })
  }
}

extension Codec where Value == Bool {
  package static var flag: Codec {
    .scalar(
      .flag, accepts: "must be true or false", isWord: false,
      parse: { text, _ in ParsedValue(Bool(text)) }, render: { .flag($0) })
  }
}

extension Codec where Value == Duration {
  /// A length of time like `90s` or `2h`; a bare number counts `bareUnit`.
  package static func duration(_ bareUnit: DurationUnit, zeroAllowed: Bool = false) -> Codec {
    .scalar(
      .duration(bareUnit: bareUnit, zeroAllowed: zeroAllowed),
      accepts: "must be a duration like 250ms, 90s, 5m, 2h, 1d or a number of \(bareUnit.plural)",
      parse: { text, _ in
        guard let duration = DurationText.parse(text, bareUnit: bareUnit) else { return .refused(nil) }
        if duration == .zero, !zeroAllowed { return .refused("must be more than 0") }
        return .value(duration)
      }, render: { .text(DurationText.format($0)) })
  }
}

extension Codec where Value == Int64 {
  package static var size: Codec {
    .scalar(
      .size, accepts: "must be a size like 4GiB, 100MB, 64KiB or a number of bytes, and more than 0",
      parse: { text, _ in ParsedValue(SizeText.parse(text).flatMap { $0 > 0 ? $0 : nil }) },
      render: { .text(SizeText.format($0)) })
  }
}

extension Codec where Value == String {
  package static func text(
    _ rule: @escaping @Sendable (String) -> Message? = { _ in nil }, showsValue: Bool = true,
    emptyIsValue: Bool = false
  ) -> Codec {
    .scalar(
      .text, accepts: "must be a text", showsValue: showsValue, emptyIsValue: emptyIsValue,
      parse: { text, _ in
        if let broken = rule(text) { return .refused(broken) }
        return .value(text)
      }, render: { .text($0) })
  }

  /// A path; a relative one is taken from the configuration's folder.
  package static func path(mustBeReadable: Bool = false) -> Codec {
    .scalar(
      .path, accepts: "must be a path",
      parse: { text, reader in
        let path = reader.resolve(text)
        if mustBeReadable, case .failure(let failure) = reader.source.read(path, 1 << 20) {
          return .refused(failure.message)
        }
        return .value(path)
      }, render: { .text($0) })
  }
}

extension Codec where Value == ServiceURL {
  /// An `http` or `https` address without user information.
  package static func url(queryAllowed: Bool = false) -> Codec {
    .scalar(
      .url, accepts: "must be an http:// or https:// URL", showsValue: false,
      parse: { text, _ in
        switch ServiceURL.parse(text, queryAllowed: queryAllowed) {
        case .success(let url): return .value(url)
        case .failure(let fault): return .refused(fault.rule)
        }
      }, render: { .text($0.maskedText) }, secrets: { $0.querySecrets })
  }
}

extension Codec where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  package static var choice: Codec {
    let words = Value.allCases.map(\.rawValue)
    return .scalar(
      .choice(words), accepts: "must be \(Message.or(words))",
      parse: { text, _ in ParsedValue(Value(rawValue: text)) }, render: { .text($0.rawValue) })
  }
}
