import CRecordingVFS
import CSQLite
import Glibc
import MissionCore
import SQLite
import Testing

@testable import Journal

/// Images tried; `POWER_CUT_IMAGES` asks for more.
private var wanted: Int { getenv("POWER_CUT_IMAGES").flatMap { Int(String(cString: $0)) } ?? 2000 }

@Suite("power cuts", .serialized, .timeLimit(.minutes(30)))
struct PowerCutTests {
  private static let imagesOfOneSeed = 500

  @Test("whatever a power cut leaves, the journal opens undamaged and holds every acknowledged step")
  func everyImageOpens() throws {
    var images = 0
    var steps = 0
    var violations = 0
    var seed: UInt64 = 0
    while images < wanted {
      seed += 1
      let found = try cut(seed: seed, images: min(Self.imagesOfOneSeed, wanted - images))
      images += found.images
      steps += found.acknowledged
      violations += found.violations.count
      #expect(found.violations.isEmpty, "seed \(seed): \(found.violations.prefix(5))")
    }
    print(
      "power cuts: \(images) images of \(seed) journals, \(steps) acknowledged steps looked for, "
        + "\(violations) violations")
  }

  @Test("the same check finds a journal whose commits are not synced")
  func findsWeakJournal() throws {
    let found = try cut(seed: 1, images: 200, pragma: "PRAGMA synchronous = NORMAL")
    #expect(found.violations.count > 10, "\(found.violations.count) violations")
  }

  private struct Found {
    var images = 0
    var acknowledged = 0
    var violations: [String] = []
  }

  private func cut(seed: UInt64, images: Int, pragma: String? = nil) throws -> Found {
    try #require(recording_install() == SQLITE_OK)
    let folder = MemoryFolder()
    var workload = Workload(seed: seed, path: folder.path + "/journal.sqlite", pragma: pragma)
    try workload.run()
    var dice = Dice(seed: seed)
    var disk = DiskImage()
    var promises = Promises(missions: workload.missions.count)
    var found = Found()
    let count = recording_count()
    for index in 0..<count {
      let entry = recording_at(index)
      if UInt32(entry.kind) == RECORDING_MARK.rawValue {
        promises.note(entry.offset)
      } else {
        disk.apply(entry)
      }
      // As many images as were asked for, spread over the log.
      while found.images < (index + 1) * images / count {
        let cut = DiskImage.Cut.allCases[found.images % DiskImage.Cut.allCases.count]
        let image = MemoryFolder()
        for (path, bytes) in disk.contents(cut, &dice) {
          try image.write(bytes, to: "\(image.path)/\(path.split(separator: "/").last!)")
        }
        found.images += 1
        found.acknowledged += promises.steps
        found.violations += promises.broken(by: image.path + "/journal.sqlite", workload).map {
          "entry \(index) of \(count), \(cut): \($0)"
        }
      }
    }
    return found
  }
}
