import JSONStream
import MissionCore

/// A limit of a source that all shards share, and what one of them has of it.
public struct DividedShare: Hashable, Sendable {
  public let source: String
  /// `capacity` or `pace`.
  public let key: String
  /// Both as they are written in the configuration.
  public let whole: String
  public let part: String

  public init(source: String, key: String, whole: String, part: String) {
    self.source = source
    self.key = key
    self.whole = whole
    self.part = part
  }
}

/// What a report tells that the journal does not keep: the choice of the run, and what to type next.
public struct RunAdvice: Hashable, Sendable {
  /// How many missions of `failedEarlier` are kept; the count tells of the others.
  public static let mostNamed = 20

  /// The command that chooses again as the run chose, without its `--limit`.
  public var command: String
  public var limit: Int?
  /// Unfinished missions within the choosing options that no file names.
  public var unlisted = 0
  /// The first of the listed missions that stay FAILED.
  public var failedEarlier: [MissionRecord] = []
  /// What all shards share and this run has a part of.
  public var divided: [DividedShare] = []
  /// Empty while the run works.
  public var next: [NextStep] = []

  public init(command: String, limit: Int? = nil) {
    self.command = command
    self.limit = limit
  }

  /// What can be said of a run that did not come to its end, where nobody counted: its choice selects what is left, and
  /// what failed because of the surroundings; one that names its missions, all that are not DONE.
  package func resuming(_ left: Int, failed: [(code: ErrorCode, count: Int)]) -> [NextStep] {
    let namesMissions = command.contains(" --only ")
    let chosen = failed.filter { namesMissions ? !$0.code.needsPerson : $0.code.isOfSurroundings }
    let again = chosen.reduce(0) { $0 + $1.count }
    let missions = left + again
    guard missions > 0 else { return [] }
    let command = limit == nil ? command : command + " --limit " + String(missions)
    return [
      NextStep(namesMissions ? .resumeNamed : .resume, command: command, missions: missions, part: left)
    ]
  }

  /// The members in the summary of a results file.
  func write(to json: inout JSONWriter) {
    json.key("command")
    json.value(command)
    json.key("limit")
    json.value(limit)
    json.key("unlisted")
    json.value(unlisted)
    json.key("failed_earlier_missions")
    json.beginArray()
    for mission in failedEarlier { MissionJSON.write(mission, to: &json) }
    json.endArray()
    json.add([
      "divided": divided.map { share in
        [
          "source": share.source, "key": share.key, "whole": share.whole, "part": share.part,
        ] as JSONMembers
      }
    ])
    json.key("next")
    json.beginArray()
    for step in next { step.write(to: &json) }
    json.endArray()
  }
}

extension NextStep {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("kind")
    json.value(kind.rawValue)
    json.key("command")
    json.value(command)
    json.key("missions")
    json.value(missions)
    json.key("part")
    json.value(part)
    json.key("blocked")
    json.value(isBlocked)
    json.endObject()
  }
}
