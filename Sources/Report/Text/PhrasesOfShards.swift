import MissionCore
import Translation

/// The words that reports of shards have besides those of all reports, in one language.
package struct ShardPhrases: Sendable {
  /// Those of a language.
  package static func of(_ language: Language) -> ShardPhrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  /// `shard 2 of 8`.
  package let shard: @Sendable (_ index: Int, _ count: Int) -> String
  package let missing: @Sendable (_ index: Int, _ count: Int) -> String
  package let overlapping: @Sendable (_ index: Int, _ count: Int) -> String
  /// Of a merged report.
  package let merged: @Sendable (_ parts: Int) -> String
  /// Heads of the table of parts.
  package let parts: String
  package let missions: String
  /// What all shards share and each has a part of.
  package let divided: String
  package let share: @Sendable (_ source: String, _ key: String, _ whole: String, _ part: String) -> String

  private static let english = ShardPhrases(
    shard: { "shard \($0) of \($1)" },
    missing: { "shard \($0) of \($1) is missing: nothing was given of it" },
    overlapping: { "shard \($0) of \($1) is there twice: two journals are of it" },
    merged: { $0 == 1 ? "merged from 1 journal" : "merged from \($0) journals" },
    parts: "Shards", missions: "missions", divided: "Divided among the shards, at least 1 each",
    share: { "\($0): \($1) \($2), \($3) for this shard" })

  private static let portuguese = ShardPhrases(
    shard: { "parte \($0) de \($1)" },
    missing: { "a parte \($0) de \($1) falta: nada foi dado dela" },
    overlapping: { "a parte \($0) de \($1) aparece duas vezes: dois registros são dela" },
    merged: { $0 == 1 ? "reunido de 1 registro" : "reunido de \($0) registros" },
    parts: "Partes", missions: "missões", divided: "Dividido entre as partes, ao menos 1 para cada",
    share: { "\($0): \($1) \($2), \($3) para esta parte" })
}
