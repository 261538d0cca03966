import Files
import Glibc
import MissionCore

/// Puts the files of a first configuration into its folder: all of them, or none.
struct StarterWriter {
  let folder: String

  func path(of file: Starter.File) -> String { folder == "." ? file.name : "\(folder)/\(file.name)" }

  /// Never overwrites: what is there is told before anything is written, and what comes there meanwhile stays.
  func write(_ files: [Starter.File]) throws(CommandFailure) {
    let taken = files.map(path).filter(Self.isTaken)
    guard taken.isEmpty else { throw Self.exists(taken) }
    var made: [String] = []
    do throws(CommandFailure) {
      // The configuration comes last: where it stands, the rest stands too.
      for file in files.reversed() { try write(file, &made) }
    } catch {
      for path in made { unlink(path) }
      throw error
    }
  }

  private func write(_ file: Starter.File, _ made: inout [String]) throws(CommandFailure) {
    let path = path(of: file)
    let parent = Folder.parent(of: path)
    if parent != folder, mkdir(parent, 0o777) != 0, errno != EEXIST {
      throw CommandFailure(.cannotWrite, "cannot write \(path): \(Errno.last)")
    }
    let descriptor: Int32
    do throws(Errno) {
      descriptor = try OwnFile.create(path, permissions: file.isSecret ? 0o600 : 0o666)
    } catch {
      if error.code == EEXIST { throw Self.exists([path]) }
      throw CommandFailure(.cannotWrite, "cannot write \(path): \(error)")
    }
    made.append(path)
    let cause = Self.put(Array(file.content.utf8), descriptor)
    close(descriptor)
    if let cause { throw CommandFailure(.cannotWrite, "cannot write \(path): \(cause)") }
  }

  private static func put(_ content: [UInt8], _ descriptor: Int32) -> Errno? {
    var done = 0
    while done < content.count {
      let count = content.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return .last }
      done += count
    }
    return fsync(descriptor) == 0 || errno == EINVAL ? nil : .last
  }

  private static func isTaken(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private static func exists(_ paths: [String]) -> CommandFailure {
    CommandFailure(
      .cannotWrite,
      paths.count == 1
        ? "\(paths[0]) exists already and is not overwritten: remove it, or name another place with --config"
        : "\(paths.joined(separator: ", ")) exist already and are not overwritten: remove them, or name another "
          + "place with --config")
  }
}
