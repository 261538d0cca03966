import Glibc
import MissionCore
import Synchronization

/// The mapped file of marks: a slot for each mission of a group.
final class MarkFile: @unchecked Sendable {
  // @unchecked: the pointer is to atomics, and lives as long as this object.
  private static let slotCount = SpoolQueue.largestGroup
  private static let byteCount = 4096

  /// Two words for each slot, high and low word of the mission's id. The high one holds the version's bits and is
  /// never 0: 0 says that the slot is free.
  private let words: UnsafeMutablePointer<Atomic<UInt64>>

  /// Creates the file (0600) when it is absent, never through a symbolic link; all slots are free.
  init(path: String) throws(SpoolError) {
    let file = try OpenFile(creating: path)
    // A hole would be filled at the first store, where a full disk is a signal instead of an error.
    try file.allocate(Int64(Self.byteCount))
    let start = mmap(nil, Self.byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, file.descriptor, 0)
    guard let start, start != MAP_FAILED else { throw .last("mmap", path) }
    words = start.bindMemory(to: Atomic<UInt64>.self, capacity: Self.byteCount / 8)
  }

  deinit { munmap(words, Self.byteCount) }

  func set(_ slot: Int, _ mission: MissionID) {
    words[2 * slot + 1].store(mission.low, ordering: .relaxed)
    // Last: a kill between the two must not leave half an id.
    words[2 * slot].store(mission.high, ordering: .releasing)
  }

  func clear(_ slot: Int) { words[2 * slot].store(0, ordering: .releasing) }

  /// What an earlier process left; empty also when it cannot be read, which `init` then says.
  static func read(_ path: String) -> Set<MissionID> {
    guard let file = try? OpenFile(reading: path) else { return [] }
    var content = [UInt64](repeating: 0, count: 2 * slotCount)
    // A file that ends early has no further marks.
    _ = content.withUnsafeMutableBytes { try? file.read(into: $0, at: 0) }
    var missions: Set<MissionID> = []
    for slot in 0..<slotCount where content[2 * slot] != 0 {
      missions.insert(MissionID(high: content[2 * slot], low: content[2 * slot + 1]))
    }
    return missions
  }
}
