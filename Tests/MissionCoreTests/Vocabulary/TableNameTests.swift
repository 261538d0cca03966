import MissionCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct TableNameTests {
  @Test(
    "names of the contract are taken", arguments: ["ads", "a", "documents_2025", "order", "missions2", "pg"])
  func taken(_ name: String) {
    #expect(TableName(name)?.description == name)
    #expect(TableName(name)?.idColumn == (name == "ads" ? "ad_id" : "record_id"))
  }

  @Test(
    "names that others have, or that are none, are refused",
    arguments: [
      "", "missions", "mission_control_schema", "mission_control_tables", "sqlite_x", "pg_x", "rejected_ads",
      "Ads",
      "1a", "_a", "a-b", "a b", "é", "a\"", String(repeating: "a", count: 64),
    ])
  func refused(_ name: String) {
    #expect(TableName(name) == nil)
    #expect(TableName.fault(of: name) != nil)
  }

  @Test("the longest name has 63 characters")
  func longest() { #expect(TableName(String(repeating: "a", count: 63)) != nil) }
}
