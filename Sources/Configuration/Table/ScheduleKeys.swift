import KeyTable
import Kind
import MissionCore

extension Configuration.ScheduleEntry {
  package static let keys: [Key<Self>] = [
    Key("name", \.name, .text(TextRule.sourceName), required: true, "What the journal knows it by"),
    Key(
      "cron", \.cron, Codec.cron.optional, required: true,
      "Its slots: minute, hour, day of month, month and day of week"),
    Key(
      "time_zone", \.timeZone, Codec.timeZone.optional,
      "Whose clock the slots are of; the configuration's time_zone when absent"),
    Key("source", \.source, .text(TextRule.sourceName), "The missions' source"),
    Key("days", \.days, .slotDays, "The days of a slot's mission: today, yesterday, -7d, -7d..yesterday"),
    Key(
      "catch_up", \.catchUp, .choice,
      "What of the slots that passed unseen is made up: none (the newest within an hour), latest or all"),
    Key("media_type", \.mediaType, Codec.choice.optional, "all, video or image; a worker source needs it"),
    Key(
      "languages", \.languages, Codec.words(of: .text(TextRule.language)).optional,
      "Codes of 2 or 3 letters; a worker source needs them"),
    Key("priority", \.priority, .integer(Int(Int32.min)...Int(Int32.max)), "Higher first"),
    Key(
      "parameters", \.parameters, .windowParameters,
      "Values of the source's parameters; of several in a list each makes missions of its own"),
    Key("active", \.isActive, .flag, "false pauses it"),
  ]
}
