import CMappings
import Glibc

/// A file's bytes in place, until this object goes. A page that cannot be read, because the file was cut short or its
/// disk fails, reads as zeros, and the mapping is damaged from then on: what was made of it does not count.
package final class FileMapping: @unchecked Sendable {
  // @unchecked: never changed; who writes through it does so with atomics.
  package let bytes: UnsafeRawBufferPointer
  private let place: Int32

  /// Nil with `errno` when it cannot be mapped. An empty file is one of no bytes.
  package init?(_ descriptor: Int32, size: Int, isWritten: Bool = false) {
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      place = -1
      return
    }
    let protection = isWritten ? PROT_READ | PROT_WRITE : PROT_READ
    guard let start = mmap(nil, size, protection, MAP_SHARED, descriptor, 0), start != MAP_FAILED else {
      return nil
    }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
    place = mappings_watch(start, size)
  }

  deinit {
    mappings_forget(place)
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }

  package var isDamaged: Bool { mappings_is_damaged(place) != 0 }
}
