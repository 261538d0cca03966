/// What missions ask for besides their days: those of one slice make up one row of a calendar.
///
/// An object, since a million missions share few of them and comparing neighbours is then one look.
package final class MissionSlice: Sendable {
  package let source: String
  /// Nil only where the source needs none.
  package let mediaType: MediaType?
  /// As `MissionParameters.languageList`.
  package let languages: String
  package let values: ParameterValues
  /// `values` as JSON, empty without any: what slices are told apart and sorted by.
  private let valuesText: String

  package init(source: String, mediaType: MediaType?, languages: String, values: ParameterValues) {
    self.source = source
    self.mediaType = mediaType
    self.languages = languages
    self.values = values
    valuesText = values.isEmpty ? "" : values.json
  }

  package convenience init(of parameters: MissionParameters) {
    self.init(
      source: parameters.source, mediaType: parameters.mediaType, languages: parameters.languageList,
      values: parameters.values)
  }

  /// One by one; empty only where the source needs none.
  package var languageCodes: [String] { languages.split(separator: ",").map(String.init) }

  /// A mission of the slice.
  package func mission(from: CalendarDay, to: CalendarDay) -> MissionParameters {
    MissionParameters(
      source: source, dateStart: from, dateEnd: to, mediaType: mediaType, languages: languageCodes,
      values: values)
  }
}

extension MissionSlice: Comparable {
  package static func == (left: MissionSlice, right: MissionSlice) -> Bool {
    left === right || left.order(to: right) == 0
  }

  /// Source, media type (none, all, video, image), languages, parameters; texts by their bytes, as the journal sorts
  /// them.
  package static func < (left: MissionSlice, right: MissionSlice) -> Bool {
    left !== right && left.order(to: right) < 0
  }

  private func order(to other: MissionSlice) -> Int {
    var order = Self.order(source, other.source)
    if order == 0 { order = mediaOrder - other.mediaOrder }
    if order == 0 { order = Self.order(languages, other.languages) }
    return order == 0 ? Self.order(valuesText, other.valuesText) : order
  }

  private var mediaOrder: Int { mediaType.flatMap(MediaType.allCases.firstIndex(of:)) ?? -1 }

  private static func order(_ left: String, _ right: String) -> Int {
    if left.utf8.elementsEqual(right.utf8) { return 0 }
    return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
  }
}
