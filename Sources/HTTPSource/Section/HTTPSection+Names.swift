import KeyTable
import MissionCore
import Placeholders

// Which placeholders have a value in which request.
extension HTTPSection {
  /// - Parameter parameters: those that the source declares.
  func names(in part: Part, parameters: [String]) -> PlaceholderNames {
    let ofMission = PlaceholderNames.ofMissions + parameters
    let started = Self.names(start?.keep)
    let found = Self.names(find?.keep)
    let looked = Self.names(look?.keep)
    switch part {
    case .health: return PlaceholderNames(known: ["source"])
    case .start, .find:
      return PlaceholderNames(
        known: ofMission,
        later: Self.later(["job"] + started + found, Self.answer) + Self.later(looked, Self.firstLook))
    case .look, .cancel:
      return PlaceholderNames(
        known: ofMission + ["job"] + started.filter { isFound($0) },
        later: Self.later(started, Self.unfound) + Self.later(found, Self.onlyFound)
          + Self.later(looked, Self.firstLook))
    case .result:
      let known = Set(started.filter { isFound($0) } + looked)
      return PlaceholderNames(
        known: ofMission + ["job"] + (started + looked).filter(known.contains),
        later: Self.later(started, Self.unfound) + Self.later(found, Self.onlyFound))
    }
  }

  enum Part { case start, find, look, result, cancel, health }

  /// Whether a job that was found has the value, too.
  private func isFound(_ name: String) -> Bool { find == nil || Self.names(find?.keep).contains(name) }

  private static func names(_ keep: [Named<some Any>]?) -> [String] { keep?.map(\.name) ?? [] }

  private static let answer: Message = "comes with the answer of start"
  private static let firstLook: Message = "comes with the first look"
  private static let unfound: Message = "a job that find has found would not have: keep it in find, too"
  private static let onlyFound: Message =
    "only a job that find has found would have: keep it in start, too"

  private static func later(_ names: [String], _ when: Message) -> [(String, Message)] {
    names.map { ($0, when) }
  }
}

extension PlaceholderNames {
  /// - Parameter later: of a repeated name the first counts.
  fileprivate init(known: [String], later: [(String, Message)]) {
    self.init(known: known, later: Dictionary(later, uniquingKeysWith: { first, _ in first }))
  }
}
