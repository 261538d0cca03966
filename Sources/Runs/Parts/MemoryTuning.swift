import RuntimeLibraries

/// Tells the C library's allocator what this program is like: some threads that hand buffers of some kilobytes to
/// each other, many times a second.
enum MemoryTuning {
  /// Two arenas instead of one for each thread keep freed buffers where the next thread finds them, and a megabyte
  /// of head room spares the system calls that grow and shrink the heap. Without the call everything works, slower.
  static func apply() {
    // mallopt is in <malloc.h>, which the Glibc module does not show; the numbers are that file's.
    typealias Mallopt = @convention(c) (Int32, Int32) -> Int32
    let arenaMax: Int32 = -8
    let topPad: Int32 = -2
    do throws(DynamicLibraryError) {
      let library = try DynamicLibrary(firstOf: ["libc.so.6"], package: "libc6")
      let mallopt = try library.function("mallopt", as: Mallopt.self)
      _ = mallopt(arenaMax, 2)
      _ = mallopt(topPad, 1 << 20)
    } catch {
      // Another C library: its own defaults stay.
    }
  }
}
