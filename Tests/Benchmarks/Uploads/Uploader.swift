import Glibc
import HTTP
import S3
import Synchronization
import Threads

/// The product's upload path as a program of its own: files of a folder through `S3Client` and `CurlClient`, so many
/// at once, each read, hashed and signed when its turn comes.
final class Uploader: Sendable {
  static let word = "upload"

  private let client: S3Client
  private let folder: String
  private let state: Mutex<State>
  private let done = Answer<Void>()

  private struct State {
    var names: [String]
    var failures: [String] = []
    var underWay = 0
  }

  static func run(_ arguments: ReferenceArguments) throws {
    let configuration = S3Configuration(
      endpoint: try arguments.text("endpoint"), bucket: StoreProgram.bucket, region: "us-east-1",
      deadlines: HTTPDeadlines(connect: .seconds(10), total: .seconds(600), stalled: .seconds(60)))
    let client = try S3Client(
      http: CurlClient(), configuration: configuration,
      credentials: S3Credentials(accessKey: StoreProgram.accessKey, secretKey: StoreProgram.secretKey),
      clock: { Int64(time(nil)) * 1000 })
    let folder = try arguments.text("files")
    guard let names = TextFile.names(in: folder) else { throw BenchmarkFailure.system(folder) }
    try Uploader(client, folder, names).upload(atOnce: arguments.number("at-once"))
  }

  private init(_ client: S3Client, _ folder: String, _ names: [String]) {
    self.client = client
    self.folder = folder
    state = Mutex(State(names: names))
  }

  private func upload(atOnce: Int) throws {
    for _ in 0..<atOnce { next() }
    done.wait()
    let failures = state.withLock { $0.failures }
    guard failures.isEmpty else { throw BenchmarkFailure("\(failures.count) uploads failed: \(failures[0])") }
  }

  /// Sends the next file, if one is left; the last reply ends the waiting.
  private func next() {
    let name = state.withLock { state -> String? in
      guard let name = state.names.popLast() else { return nil }
      state.underWay += 1
      return name
    }
    guard let name else { return }
    do throws(BenchmarkFailure) {
      let payload = S3Payload(bytes: try Self.bytes("\(folder)/\(name)"))
      client.put(key: name, payload: payload, contentType: "application/json") { [self] result in
        if case .failure(let error) = result { finish("\(name): \(error)") } else { finish(nil) }
      }
    } catch { finish(error.reason) }
  }

  private func finish(_ failure: String?) {
    let isLast = state.withLock { state in
      if let failure { state.failures.append(failure) }
      state.underWay -= 1
      return state.underWay == 0 && state.names.isEmpty
    }
    if isLast { done.give(()) } else { next() }
  }

  private static func bytes(_ path: String) throws(BenchmarkFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(path) }
    let size = Int(status.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, size))
    }
    guard bytes.count == size else { throw .system(path) }
    return bytes
  }
}
