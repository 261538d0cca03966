import MissionCore

/// Shards: what was merged and what is missing of it, and what this one has of what all share.
extension SummaryText {
  private var words: ShardPhrases { .of(phrases.language) }

  /// Behind the run's name.
  var shardNote: String {
    summary.run.shard.map { ", " + words.shard(Int($0.index), Int($0.count)) } ?? ""
  }

  /// Each part with its missions, then what is wrong with the whole.
  var shards: [String] {
    guard let merged = summary.merged else { return [] }
    var table = TextTable([.left, .right, .left])
    table.add(["", words.missions, ""])
    for part in merged.parts {
      let name = part.shard.map { words.shard(Int($0.index), Int($0.count)) } ?? "-"
      table.add([name, numbers.count(part.missions), UntrustedText.clean(part.path, limit: 200)])
    }
    return [words.parts] + table.lines(indent: 2) + Self.problems(merged, words).map { "  " + $0 }
  }

  /// What keeps the parts from being a whole.
  package static func problems(_ survey: ShardSurvey, _ words: ShardPhrases) -> [String] {
    let count = survey.count ?? 0
    return survey.missing.map { words.missing($0, count) }
      + survey.overlapping.map { words.overlapping($0, count) }
  }

  var divided: [String] {
    guard let divided = summary.advice?.divided, !divided.isEmpty else { return [] }
    return [words.divided]
      + divided.map { "  " + words.share($0.source, $0.key, $0.whole, $0.part) }
  }

  /// In place of a run's name.
  func mergedHeading(_ merged: ShardSurvey) -> String { words.merged(merged.parts.count) }
}
