import Files
import MissionCore
import Ports
import Synchronization

/// The mapped file of marks: a slot for each mission of a group.
final class MarkFile: @unchecked Sendable {
  // @unchecked: the pointer is to atomics, and lives as long as this object.
  private static let slotCount = SpoolQueue.largestGroup
  private static let byteCount = 4096

  /// Two words for each slot, high and low word of the mission's id. The high one holds the version's bits and is
  /// never 0: 0 says that the slot is free.
  private let mapping: FileMapping
  private let words: UnsafeMutablePointer<Atomic<UInt64>>

  /// Creates the file (0600) when it is absent, never through a symbolic link; all slots are free.
  init(path: String) throws(SpoolError) {
    let file = try OpenFile(creating: path)
    // A hole would be filled at the first store, where a full disk is a signal instead of an error.
    try file.allocate(Int64(Self.byteCount))
    guard let mapping = FileMapping(file.descriptor, size: Self.byteCount, isWritten: true) else {
      throw .last("mmap", path)
    }
    self.mapping = mapping
    let start = UnsafeMutableRawPointer(mutating: mapping.bytes.baseAddress!)
    words = start.bindMemory(to: Atomic<UInt64>.self, capacity: Self.byteCount / 8)
  }

  func set(_ slot: Int, _ mission: MissionID) {
    words[2 * slot + 1].store(mission.low, ordering: .relaxed)
    // Last: a kill between the two must not leave half an id.
    words[2 * slot].store(mission.high, ordering: .releasing)
  }

  func clear(_ slot: Int) { words[2 * slot].store(0, ordering: .releasing) }

  /// What an earlier process left; empty when there is no such file.
  static func read(_ path: String) throws(SpoolError) -> Set<MissionID> {
    let content: [UInt8]
    do throws(SpoolError) {
      content = try OpenFile(reading: path).read(16 * slotCount, at: 0)
    } catch .lost { return [] }
    var missions: Set<MissionID> = []
    // A file that ends early has no further marks.
    for slot in 0..<content.count / 16 {
      let words = content[16 * slot..<16 * slot + 16].withUnsafeBytes {
        ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      }
      if words.0 != 0 { missions.insert(MissionID(high: words.0, low: words.1)) }
    }
    return missions
  }
}
