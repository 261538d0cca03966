import JSONStream
import MissionCore
import Runs

/// What `retry` or `cancel` changed and what they could not.
struct ChangeOutcome {
  var changed = 0
  var refused: [(id: MissionID, reason: Message)] = []

  mutating func add(_ reply: ControlReply) {
    changed += reply.changed
    refused += reply.refused.map { (id: $0.0, reason: $0.1) }
  }

  /// Tells what came of it. What was refused by name makes it a failure.
  func show(_ context: CommandContext, done: (Int) -> String) -> ExitCode {
    if context.common.output == .json {
      context.print(json)
    } else {
      context.print(done(changed) + "\n")
      for (id, reason) in refused {
        context.print("\(id) \(context.translated(UntrustedText.message(reason)))\n")
      }
    }
    return refused.isEmpty ? .success : .missionsFailed
  }

  private var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("changed")
    json.value(changed)
    json.key("refused")
    json.beginArray()
    for (id, reason) in refused {
      json.beginObject()
      json.key("id")
      json.value(id.description)
      json.key("reason")
      json.value(UntrustedText.clean(reason.plain))
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.text + "\n"
  }
}
