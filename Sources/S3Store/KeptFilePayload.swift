import HTTP
import MissionCore
import Ports
import Records
import S3
import Synchronization

/// The body of a kept file, read while it is sent.
final class KeptFilePayload: Sendable {
  private let noted = Mutex<SpoolError?>(nil)

  /// What was wrong with the file while it was sent; nil when nothing was.
  var fault: SpoolError? { noted.withLock { $0 } }

  func payload(_ request: KeptFileRequest) -> S3Payload {
    let body = HTTPBody.stream(length: request.file.size) { [self] in
      Reader(try noting { () throws(SpoolError) in try KeptFileReader(request.file, at: request.path) }, self)
    }
    // libcurl asks an empty body for nothing.
    return S3Payload(
      body: request.file.size == 0 ? .bytes([]) : body, sha256: request.file.sha256)
  }

  fileprivate func noting<R>(_ body: () throws(SpoolError) -> R) throws(SpoolError) -> R {
    do throws(SpoolError) { return try body() } catch {
      noted.withLock { $0 = error }
      throw error
    }
  }

  private final class Reader: HTTPBodyReader {
    private let reader: KeptFileReader
    private let payload: KeptFilePayload

    init(_ reader: KeptFileReader, _ payload: KeptFilePayload) {
      self.reader = reader
      self.payload = payload
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      try payload.noting { () throws(SpoolError) in try reader.fill(buffer) }
    }
  }
}
