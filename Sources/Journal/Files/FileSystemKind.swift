import Files
import Glibc

/// Tells file systems apart on which flock or SQLite's shared memory cannot be trusted.
enum FileSystemKind {
  /// Throws with the reason when the folder of `path` lies on a network file system.
  static func check(_ path: String) throws(JournalError) {
    if let type = type(of: Folder.parent(of: path)), let name = networkName(type: type) {
      throw .unsupportedFileSystem(
        path: path, reason: "\(name) shares files between machines, which the lock and WAL do not survive")
    }
  }

  /// The magic number of the file system; nil when it cannot be told.
  private static func type(of folder: String) -> UInt32? {
    // Swift's Glibc module leaves <sys/statfs.h> out, so the function is found by name. Its structure takes
    // 120 bytes on 64-bit Linux and begins with `f_type`, one machine word.
    typealias StatFS = @convention(c) (UnsafePointer<CChar>, UnsafeMutableRawPointer) -> Int32
    guard let symbol = dlsym(nil, "statfs") else { return nil }
    let statfs = unsafeBitCast(symbol, to: StatFS.self)
    return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 16) { buffer in
      guard statfs(folder, buffer.baseAddress!) == 0 else { return nil }
      return UInt32(truncatingIfNeeded: buffer.load(as: Int.self))
    }
  }

  /// The name of the network file system with this magic number (statfs(2)); nil for every other one.
  static func networkName(type: UInt32) -> String? {
    switch type {
    case 0x6969: return "NFS"
    case 0x517B, 0xFE53_4D42: return "SMB"
    case 0xFF53_4D42: return "CIFS"
    case 0x5346_414F: return "AFS"
    case 0x7375_7245: return "Coda"
    case 0x00C3_6400: return "CephFS"
    case 0x0BD0_0BD0: return "Lustre"
    case 0x0116_1970: return "GFS2"
    default: return nil
    }
  }
}
