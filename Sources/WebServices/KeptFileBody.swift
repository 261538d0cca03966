import HTTP
import MissionCore
import Ports
import Records

/// The body of a kept file, read while it is sent.
package struct KeptFileBody: Sendable {
  package let body: HTTPBody
  /// Of the body, as it was listed.
  package let sha256: String
  private let file: KeptFile
  private let path: String
  private let noted = SpoolFault()

  /// What was wrong with the file while it was sent; nil when nothing was.
  package var spoolFault: SpoolError? { noted.error }

  package init(_ request: KeptFileRequest) {
    sha256 = request.file.sha256
    file = request.file
    path = request.path
    let (file, path, noted) = (request.file, request.path, noted)
    // libcurl asks an empty body for nothing.
    guard file.size > 0 else {
      body = .bytes([])
      return
    }
    body = .stream(length: file.size) {
      Reader(try noted.noting { () throws(SpoolError) in try KeptFileReader(file, at: path) }, noted)
    }
  }

  /// Reads the file once: it is as it was listed.
  package func confirm() throws(SpoolError) {
    let reader = try KeptFileReader(file, at: path)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { piece.deallocate() }
    while try reader.fill(piece) > 0 {}
  }

  private final class Reader: HTTPBodyReader {
    private let reader: KeptFileReader
    private let noted: SpoolFault

    init(_ reader: KeptFileReader, _ noted: SpoolFault) {
      self.reader = reader
      self.noted = noted
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      try noted.noting { () throws(SpoolError) in try reader.fill(buffer) }
    }
  }
}
