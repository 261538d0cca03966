import MissionCore
import Testing

@testable import Engine

@Suite(.timeLimit(.minutes(5))) struct CandidateQueueTests {
  private func state(_ number: Int, _ checkpoint: Checkpoint = .scrape) -> MissionState {
    MissionState(.numbered(number, at: checkpoint))
  }

  @Test("retries before claimed ones, each in their order; DB and S3 apart from SCRAPE")
  func order() {
    var queue = CandidateQueue()
    for number in 1...3 { queue.appendClaimed(state(number)) }
    queue.appendRetry(state(4))
    queue.appendClaimed(state(5, .db))
    queue.appendRetry(state(6, .s3))
    #expect(queue.claimedCount == 4 && queue.hasScrape && queue.hasLocal)
    #expect([queue.popLocal(), queue.popLocal(), queue.popLocal()].map { $0?.low } == [6, 5, nil])
    #expect((1...5).map { _ in queue.popScrape()?.low } == [4, 1, 2, 3, nil])
    #expect(queue.isEmpty)
  }

  @Test("a mission is taken out wherever it stands, also in a queue that has moved on")
  func remove() {
    var queue = CandidateQueue()
    for number in 1...2000 { queue.appendClaimed(state(number)) }
    for number in 1...1500 { #expect(queue.popScrape()?.low == UInt64(number)) }
    queue.remove(.numbered(1501))
    queue.remove(.numbered(1750))
    queue.remove(.numbered(3))
    #expect(queue.claimedCount == 498)
    var rest: [UInt64] = []
    while let id = queue.popScrape() { rest.append(id.low) }
    #expect(rest == (1502...2000).filter { $0 != 1750 }.map { UInt64($0) })
  }
}
