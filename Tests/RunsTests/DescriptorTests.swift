import Testing

@testable import Runs

@Suite("descriptors that a run needs", .timeLimit(.minutes(5)))
struct DescriptorTests {
  @Test(
    "three for each mission; one for those that only wait for a worker while all connections are taken",
    arguments: [(8, 0, 88), (512, 0, 1600), (2000, 0, 3088), (10_000, 0, 11_088), (10_000, 10_000, 30_064)])
  func descriptors(concurrency: Int, withoutWorker: Int, needed: Int) {
    #expect(RunState.descriptors(of: concurrency, withoutWorker: withoutWorker) == needed)
  }
}
