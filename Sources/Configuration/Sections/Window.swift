import KeyTable
import MissionCore
import YAML

extension Configuration {
  /// An entry of `missions:`.
  package enum MissionEntry: Sendable {
    /// A file or a glob, already relative to the working directory.
    case files(String)
    /// Missions that need no file.
    case window(Window)
  }

  /// Missions for each day, week or month of a range, as it is written.
  package struct Window: ConfigurationSection, MissionMaker {
    package var every = CalendarPeriod.day
    package var from = DayReference.daysAgo(0)
    package var to = DayReference.daysAgo(0)
    package var source = "default"
    package var mediaType: MediaType?
    package var languages: [String]?
    package var priority = 0
    var parameters: [WindowParameter] = []
    package var refreshAfter: RefreshAfter?
    /// Where it begins.
    package var mark = YAMLMark.start
    package init() {}
  }

  /// What makes missions of a source without a file.
  protocol MissionMaker {
    var source: String { get }
    var mediaType: MediaType? { get }
    var languages: [String]? { get }
    var parameters: [WindowParameter] { get }
    /// Where it begins.
    var mark: YAMLMark { get }
  }

  /// A parameter of a window or schedule with the texts that missions are made for, and where all of that stands.
  struct WindowParameter: Sendable {
    let name: String
    let mark: YAMLMark
    let values: [(text: String, mark: YAMLMark)]
  }

  /// The mission files and globs of `missions:`.
  public var missionPatterns: [String] {
    missions.compactMap { if case .files(let pattern) = $0 { pattern } else { nil } }
  }

  /// The windows of `missions:`, ready to make missions, with the lines on which they begin.
  package var windows: [(window: MissionWindow, line: Int)] {
    missions.compactMap { entry in
      guard case .window(let window) = entry else { return nil }
      return (window.missions(declared: declaration(of: window.source)), window.mark.line)
    }
  }

  /// What is known of a source; nil when `sources:` does not have it.
  func declaration(of name: String) -> SourceDeclaration? {
    guard let declared = declaredSources else {
      return SourceDeclaration(name: name, needsMedia: true, parameters: [])
    }
    return declared.first { $0.name == name }
  }
}

extension Configuration.Window {
  /// Without its parameters: enough to count days.
  var bare: MissionWindow {
    var window = MissionWindow()
    window.every = every
    window.from = from
    window.to = to
    window.source = source
    window.mediaType = mediaType
    window.languages = languages ?? []
    window.priority = priority
    window.refreshAfter = refreshAfter
    return window
  }

  /// What `check` has found to be right.
  fileprivate func missions(declared: SourceDeclaration?) -> MissionWindow {
    var window = bare
    window.parameters = values(declared)
    return window
  }
}

extension Configuration.MissionMaker {
  /// Its parameters' values, as the source declares them.
  func values(_ declared: SourceDeclaration?) -> [MissionWindow.Parameter] {
    parameters.compactMap { parameter in
      guard let type = declared?.parameters.first(where: { $0.name == parameter.name })?.type else {
        return nil
      }
      return MissionWindow.Parameter(
        name: parameter.name, values: parameter.values.compactMap { type.value(of: $0.text) })
    }
  }
}

extension Configuration {
  /// `refresh_after` of the sources that have it.
  package var refreshAfterOfSources: [(source: String, after: RefreshAfter)] {
    (sources ?? []).compactMap { source in source.value.basics.refreshAfter.map { (source.name, $0) } }
  }
}
