import JSONStream
import MissionCore

/// A suspicious mission in the summary of a results file, whole, so that the file is enough to tell of it.
struct SuspiciousMission: JSONWritable {
  let mission: MissionRecord

  func writeJSON(to json: inout JSONWriter) { MissionJSON.write(mission, to: &json) }
}
