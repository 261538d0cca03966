import KeyTable
import Kind
import MissionCore

extension Configuration.Window {
  package static let keys: [Key<Self>] = [
    Key(
      "every", \.every, .choice, required: true, "The days of one mission: a day, a week from Monday, a month"
    ),
    Key("from", \.from, .day, required: true, "The first day: YYYY-MM-DD, today, yesterday or -7d"),
    Key("to", \.to, .day, required: true, "The last day"),
    Key("source", \.source, .text(TextRule.sourceName), "The missions' source"),
    Key("media_type", \.mediaType, Codec.choice.optional, "all, video or image; a worker source needs it"),
    Key(
      "languages", \.languages, Codec.words(of: .text(TextRule.language)).optional,
      "Codes of 2 or 3 letters; a worker source needs them"),
    Key("priority", \.priority, .integer(Int(Int32.min)...Int(Int32.max)), "Higher first"),
    Key(
      "parameters", \.parameters, .windowParameters,
      "Values of the source's parameters; of several in a list each makes missions of its own"),
    Key(
      "refresh_after", \.refreshAfter, Codec.refreshAfter.optional,
      "A mission that is DONE for longer is run again; in days it counts calendar days"),
  ]
}
