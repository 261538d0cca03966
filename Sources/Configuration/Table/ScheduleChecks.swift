import KeyTable
import MissionCore
import Schedules

// What a schedule must be besides its own keys: the only one of its name, its source's, and not too many missions.
extension Configuration {
  func checkSchedules(_ reader: inout ConfigurationReader) {
    var names: [String: Int] = [:]
    for (index, entry) in scheduleEntries.enumerated() {
      let path = "schedules[\(index)]"
      if let mark = reader.marks["\(path).name"] {
        if let first = names[entry.name] {
          reader.report(mark, "\(path).name \(entry.name) is also the name of schedules[\(first)]")
        } else {
          names[entry.name] = index
        }
      }
      guard let source = checkedSource(of: entry, &reader, path) else { continue }
      let values = checkedParameters(entry, of: source, &reader, path)
      checkLength(values, with: [Self.slot], &reader, path)
      let (count, overflow) = values.reduce((1, false)) { counted, parameter in
        let (product, overflow) = counted.0.multipliedReportingOverflow(by: parameter.values.count)
        return (product, counted.1 || overflow)
      }
      if overflow || count > DueSlots.mostMissions {
        reader.report(
          at: "\(path).parameters",
          "\(path).parameters make more than \(DueSlots.mostMissions) missions of each slot: write several schedules"
        )
      }
    }
  }

  /// As long as every slot.
  private static let slot = ParameterValues.Entry(
    name: Schedule.slotParameter, value: .text("2026-01-01T00:00"))
}
