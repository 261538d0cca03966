import MissionCore
import Ports
import Testing

@testable import Records

/// Which elements become rows, compared with the plainest way to tell.
@Suite(.timeLimit(.minutes(5))) struct RowPlanTests {
  private func plan(_ json: String, _ limits: RowPlan.Limits = RowPlan.Limits()) throws -> RowPlan {
    let bytes = Array(json.utf8)
    return try bytes.withUnsafeBytes { try RowPlan($0, for: .ads, release: { _ in }, limits: limits) }
  }

  private static func limits(_ limits: (hashes: Int, ids: Int)) -> RowPlan.Limits {
    var made = RowPlan.Limits()
    (made.hashes, made.ids) = limits
    return made
  }

  private func kept(_ plan: RowPlan) -> [Int] { (0..<plan.elements).filter { !plan.superseded.contains($0) } }

  @Test("of equal ids the last is kept, and rows are found again by their number")
  func last() throws {
    let plan = try plan(#"[{"id":"a"},{"id":1},{"id":"a"},{"id":"1"},{},{"id":"a"},{"id":"\u0061"}]"#)
    #expect(plan.elements == 7)
    #expect(plan.rows == 3)
    #expect(kept(plan) == [3, 4, 6])
    #expect((1...3).map(plan.position(ofRow:)) == [3, 4, 6])
  }

  @Test("without repeated ids every element is a row")
  func plain() throws {
    let plan = try plan(#"[{"id":"a"},2,{"id":"b"}]"#)
    #expect(plan.rows == 3)
    #expect((1...3).map(plan.position(ofRow:)) == [0, 1, 2])
    #expect(try self.plan("[]").elements == 0)
  }

  @Test(
    "it is exact with any number of ids, also when they are looked at in parts",
    arguments: [(hashes: 1 << 22, ids: 1 << 18), (64, 1 << 18), (64, 8), (16, 1)])
  func parts(limits: (hashes: Int, ids: Int)) throws {
    var random = SystemRandomNumberGenerator()
    let ids = (0..<1200).map { _ in Int.random(in: 0..<900, using: &random) }
    let json = "[" + ids.map { #"{"id":"id-\#($0)"}"# }.joined(separator: ",") + "]"
    let plan = try plan(json, Self.limits(limits))
    var last: [Int: Int] = [:]
    for (position, id) in ids.enumerated() { last[id] = position }
    #expect(kept(plan) == last.values.sorted())
    #expect(plan.rows == last.count)
  }

  @Test("bytes that are no array are an error")
  func broken() {
    #expect(throws: DestinationError.self) { try plan(#"[{"id":"a"}"#) }
  }
}
