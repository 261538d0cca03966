import RuntimeLibraries

/// Asks the kernel to begin writing a file's pages, without waiting.
///
/// Files of a group are begun together before each is fsynced: the fsyncs then find little left to do,
/// which measures about a third faster. It is never what durability rests on.
enum Writeback {
  private typealias Function = @convention(c) (Int32, Int64, Int64, UInt32) -> Int32

  /// linux/fs.h, which Swift's Glibc module leaves out together with the function.
  private static let beginWriting: UInt32 = 2

  // Where the library lacks the function, the fsyncs alone do the work.
  private static let synchronizeRange: Function? = try? DynamicLibrary(
    firstOf: ["libc.so.6"], package: "libc6"
  ).function("sync_file_range", as: Function.self)

  static func begin(_ descriptor: Int32) { _ = synchronizeRange?(descriptor, 0, 0, beginWriting) }
}
