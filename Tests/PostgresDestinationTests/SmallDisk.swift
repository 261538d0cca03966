import Foundation
import Glibc

/// A file system of 8 MB in memory, unmounted when this goes. Only root can mount one.
final class SmallDisk {
  let path: String

  static let isPossible = SmallDisk(owner: "postgres") != nil

  init?(owner: String) {
    guard geteuid() == 0, let user = getpwnam(owner) else { return nil }
    var template = Array("/tmp/small-disk-XXXXXX".utf8CString)
    guard template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) }) != nil else { return nil }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    guard mount("tmpfs", path, "tmpfs", 0, "size=8m,mode=0700,uid=\(user.pointee.pw_uid)") == 0 else {
      rmdir(path)
      return nil
    }
  }

  deinit {
    // Files of the server may still be open for a moment.
    umount2(path, Int32(MNT_DETACH))
    rmdir(path)
  }
}
