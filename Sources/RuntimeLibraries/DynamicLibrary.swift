import Glibc
import Messages

/// A shared library bound at run time by name, for libraries whose headers the build does not need.
///
/// Once opened it stays open until the process ends, so symbols taken from it never dangle.
public struct DynamicLibrary: @unchecked Sendable {
  // @unchecked: the handle is only passed to dlsym, which may be called from any thread, and is never closed.
  private let handle: UnsafeMutableRawPointer

  /// The name under which the library was found.
  public let name: String

  /// Opens the first of `names` that the system's loader finds. `package` is what the error tells to install.
  public init(firstOf names: [String], package: String) throws(DynamicLibraryError) {
    var reason = ""
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) {
        self.handle = handle
        self.name = name
        return
      }
      reason = dlerror().map { String(cString: $0) } ?? "unknown reason"
    }
    throw .libraryMissing(names: names, package: package, reason: reason)
  }

  /// The function `symbol` as `type`, which must be the `@convention(c)` type of its C declaration.
  public func function<Function>(_ symbol: String, as type: Function.Type) throws(DynamicLibraryError)
    -> Function
  {
    guard let address = dlsym(handle, symbol) else {
      throw .symbolMissing(symbol: symbol, library: name)
    }
    // dlsym gives every function as a data pointer; POSIX promises that the conversion back is sound.
    return unsafeBitCast(address, to: type)
  }
}

/// Why a library could not be bound.
public enum DynamicLibraryError: Error, Equatable, MessageConvertible {
  /// None of the names was found; `package` is the system package that brings it.
  case libraryMissing(names: [String], package: String, reason: String)
  /// The library lacks a function that we call: it is too old, too new or built without it.
  case symbolMissing(symbol: String, library: String)

  public var message: Message {
    switch self {
    case .libraryMissing(let names, let package, let reason):
      return "\(Message.or(names)) not found (\(reason)): install the package \(package)"
    case .symbolMissing(let symbol, let library):
      return "\(library) has no function \(symbol): another version of the library is needed"
    }
  }
}
