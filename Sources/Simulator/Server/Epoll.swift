import Glibc
import RuntimeLibraries

/// The kernel's readiness queue, level-triggered.
///
/// The toolchain's Glibc module leaves `sys/epoll.h` out, so the calls are taken from the C library by name.
struct Epoll {
  /// What happened on a descriptor, with the number it was registered under.
  struct Event {
    let token: UInt64
    let isReadable: Bool
    let isWritable: Bool
    /// The peer is gone or the socket failed; nothing can be sent any more.
    let isBroken: Bool
  }

  struct Interest: OptionSet {
    let rawValue: UInt32
    static let reading = Interest(rawValue: 0x001)  // EPOLLIN
    static let writing = Interest(rawValue: 0x004)  // EPOLLOUT
  }

  /// Events taken from the kernel in one call.
  private static let batch = 256
  // struct epoll_event is packed on x86-64 only: u32 events, u64 data.
  #if arch(x86_64)
    private static let stride = 12
    private static let dataOffset = 4
  #else
    private static let stride = 16
    private static let dataOffset = 8
  #endif

  private let calls: Calls
  private let descriptor: Int32
  private let buffer: UnsafeMutableRawBufferPointer

  init() throws(SimulatorError) {
    calls = try Calls.bound()
    descriptor = calls.create(O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(call: "epoll_create1", code: errno) }
    // Lives as long as this value's owner, the event loop, which frees it in close().
    buffer = .allocate(byteCount: Self.batch * Self.stride, alignment: 8)
  }

  func close() {
    _ = Glibc.close(descriptor)
    buffer.deallocate()
  }

  func add(_ file: Int32, _ interest: Interest, token: UInt64) { control(1, file, interest, token) }
  func change(_ file: Int32, _ interest: Interest, token: UInt64) { control(3, file, interest, token) }

  private func control(_ operation: Int32, _ file: Int32, _ interest: Interest, _ token: UInt64) {
    withUnsafeTemporaryAllocation(byteCount: Self.stride, alignment: 8) { event in
      event.storeBytes(of: interest.rawValue, toByteOffset: 0, as: UInt32.self)
      event.storeBytes(of: token, toByteOffset: Self.dataOffset, as: UInt64.self)
      // It fails only for a closed descriptor or for want of kernel memory: a mistake of ours either way.
      let result = calls.control(descriptor, operation, file, event.baseAddress)
      precondition(result == 0, "epoll_ctl failed with errno \(errno)")
    }
  }

  /// Waits for at most `milliseconds` (-1: for ever) and calls `body` for each event.
  func wait(milliseconds: Int32, _ body: (Event) -> Void) {
    let count = calls.wait(descriptor, buffer.baseAddress, Int32(Self.batch), milliseconds)
    guard count > 0 else { return }
    for index in 0..<Int(count) {
      let at = index * Self.stride
      let flags = buffer.loadUnaligned(fromByteOffset: at, as: UInt32.self)
      let token = buffer.loadUnaligned(fromByteOffset: at + Self.dataOffset, as: UInt64.self)
      body(
        Event(
          token: token, isReadable: flags & 0x001 != 0, isWritable: flags & 0x004 != 0,
          isBroken: flags & 0x018 != 0))  // EPOLLERR, EPOLLHUP
    }
  }

  /// The functions of the C library.
  struct Calls {
    let create: @convention(c) (Int32) -> Int32
    let control: @convention(c) (Int32, Int32, Int32, UnsafeMutableRawPointer?) -> Int32
    let wait: @convention(c) (Int32, UnsafeMutableRawPointer?, Int32, Int32) -> Int32

    static func bound() throws(SimulatorError) -> Calls {
      do throws(DynamicLibraryError) {
        let library = try DynamicLibrary(firstOf: ["libc.so.6"], package: "libc6")
        return Calls(
          create: try library.function("epoll_create1", as: (@convention(c) (Int32) -> Int32).self),
          control: try library.function(
            "epoll_ctl",
            as: (@convention(c) (Int32, Int32, Int32, UnsafeMutableRawPointer?) -> Int32).self),
          wait: try library.function(
            "epoll_wait",
            as: (@convention(c) (Int32, UnsafeMutableRawPointer?, Int32, Int32) -> Int32).self))
      } catch {
        throw .library("\(error)")
      }
    }
  }
}
