import CRecordingVFS

/// A disk as a power cut may leave it: what was synced is there, and of everything newer any part, in any order.
///
/// Fed with the log of what the journal wrote, entry by entry. Writes are torn at sectors of 512 bytes.
struct DiskImage {
  private enum Pending {
    case write(offset: Int, bytes: [UInt8])
    case truncate(size: Int)
  }

  private struct File {
    let path: String
    var durable: [UInt8] = []
    /// Whether its name is in the folder for certain.
    var hasDurableName: Bool
    var pending: [Pending] = []
  }

  /// What a drawn power cut does to the writes that were not synced.
  enum Cut: CaseIterable {
    case keepsAll, dropsAll, keepsSome, keepsFirst, tears
  }

  private static let sector = 512
  private var files: [Int: File] = [:]
  /// Names that were removed without a sync of the folder: the file may still be there.
  private var ghosts: [String: Int] = [:]

  /// The next thing that reached the disk.
  mutating func apply(_ entry: recording_entry) {
    let number = Int(entry.file)
    switch UInt32(entry.kind) {
    case RECORDING_CREATE.rawValue:
      let path = String(cString: entry.path)
      // The journal creates its main file itself and syncs the folder before SQLite sees it.
      files[number] = File(path: path, hasDurableName: !path.hasSuffix("-wal") && !path.hasSuffix("-journal"))
    case RECORDING_WRITE.rawValue:
      let bytes = Array(UnsafeBufferPointer(start: entry.bytes, count: entry.length))
      files[number]!.pending.append(.write(offset: Int(entry.offset), bytes: bytes))
    case RECORDING_TRUNCATE.rawValue: files[number]!.pending.append(.truncate(size: Int(entry.offset)))
    case RECORDING_SYNC.rawValue:
      var file = files[number]!
      for pending in file.pending { Self.perform(pending, on: &file.durable) }
      file.pending = []
      files[number] = file
      if !file.hasDurableName { syncFolder() }
    case RECORDING_DELETE.rawValue:
      if entry.length == 1 || !files[number]!.hasDurableName {
        files[number] = nil
      } else {
        ghosts[files[number]!.path] = number
      }
    default: break
    }
  }

  /// SQLite's first sync of a new file also syncs the folder, with every name that came or went in it.
  private mutating func syncFolder() {
    for ghost in ghosts.values { files[ghost] = nil }
    ghosts = [:]
    for number in files.keys { files[number]!.hasDurableName = true }
  }

  /// Paths with contents after a power cut at this moment.
  func contents(_ cut: Cut, _ dice: inout some RandomNumberGenerator) -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for (number, file) in files.sorted(by: { $0.key < $1.key }) {
      let isGhost = ghosts[file.path] == number
      let mayBeMissing = isGhost || !file.hasDurableName
      if mayBeMissing {
        if cut == .dropsAll ? !isGhost : cut == .keepsAll ? isGhost : Bool.random(using: &dice) { continue }
      }
      // A name stands for one file: a newer one replaces the ghost when both happen to be there.
      contents[file.path] = Self.cut(file, cut, &dice)
    }
    return contents
  }

  private static func cut(_ file: File, _ cut: Cut, _ dice: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes = file.durable
    let kept =
      cut == .keepsFirst && !file.pending.isEmpty ? Int.random(in: 0...file.pending.count, using: &dice) : 0
    for (index, pending) in file.pending.enumerated() {
      switch cut {
      case .keepsAll: perform(pending, on: &bytes)
      case .dropsAll: break
      case .keepsSome: if Bool.random(using: &dice) { perform(pending, on: &bytes) }
      case .keepsFirst: if index < kept { perform(pending, on: &bytes) }
      case .tears: tear(pending, on: &bytes, &dice)
      }
    }
    return bytes
  }

  private static func perform(_ pending: Pending, on bytes: inout [UInt8]) {
    switch pending {
    case .truncate(let size): resize(&bytes, to: size)
    case .write(let offset, let new):
      if bytes.count < offset + new.count { resize(&bytes, to: offset + new.count) }
      bytes.replaceSubrange(offset..<offset + new.count, with: new)
    }
  }

  /// Each sector of the write arrives or does not.
  private static func tear(
    _ pending: Pending, on bytes: inout [UInt8], _ dice: inout some RandomNumberGenerator
  ) {
    guard case .write(let offset, let new) = pending else {
      if Bool.random(using: &dice) { perform(pending, on: &bytes) }
      return
    }
    var start = 0
    while start < new.count {
      let end = min(new.count, ((offset + start) / sector + 1) * sector - offset)
      if Bool.random(using: &dice) {
        perform(.write(offset: offset + start, bytes: Array(new[start..<end])), on: &bytes)
      }
      start = end
    }
  }

  private static func resize(_ bytes: inout [UInt8], to size: Int) {
    if size < bytes.count {
      bytes.removeLast(bytes.count - size)
    } else {
      bytes += [UInt8](repeating: 0, count: size - bytes.count)
    }
  }
}
