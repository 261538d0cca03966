import CCurl
import Synchronization
import Threads

/// One request between `send` and its reply. Every field is touched by the curl thread alone once the
/// exchange was handed over.
final class CurlExchange: @unchecked Sendable {
  // @unchecked: handed to the curl thread through the command queue's mutex and used only there.

  /// Header fields of an answer, interim answers and trailers included, may take this much.
  static let headerLimit = 64 << 10

  let request: HTTPRequest
  /// Nil once it was called, so that whoever keeps the `HTTPTransfer` keeps nothing of the reply alive.
  private var reply: (@Sendable (Result<HTTPResponse, HTTPError>) -> Void)?
  var handle: CurlHandle?
  private(set) var failure: HTTPFailure?
  /// The last header that arrived was whole, and it was the final answer's.
  private(set) var hasWholeHead = false
  /// The server answered 417: it gives no `100 Continue`.
  private(set) var isExpectationRefused = false
  var lastProgress: Moment?

  private var source: RequestSource
  private var responseBody: ResponseBody
  private var hasBody = false
  private var isInterim = false
  private var headerBytes: [UInt8] = []
  private var headerSize = 0

  init(request: HTTPRequest, reply: @escaping @Sendable (Result<HTTPResponse, HTTPError>) -> Void) {
    self.request = request
    self.reply = reply
    source = RequestSource(body: request.body)
    responseBody = ResponseBody(receive: request.receive)
  }

  func fail(_ error: HTTPError) {
    responseBody.discard()
    finish(.failure(error))
  }

  func succeed(status: Int, primaryIP: String?) {
    // libcurl takes an answer whose connection ended inside the head for a whole one.
    guard hasWholeHead else {
      return fail(
        HTTPError(
          .partialBody, "the connection ended inside the head of the answer", mayHaveReachedServer: true))
    }
    do throws(HTTPFailure) {
      let body = try responseBody.finish()
      let headers = HTTPHeaders(bytes: headerBytes)
      finish(.success(HTTPResponse(status: status, headers: headers, body: body, primaryIP: primaryIP)))
    } catch {
      fail(HTTPError(error.kind, error.message, mayHaveReachedServer: true))
    }
  }

  /// As it was before it was sent.
  func reset() {
    responseBody.discard()
    responseBody = ResponseBody(receive: request.receive)
    source.rewind()
    (failure, hasBody, hasWholeHead, isExpectationRefused) = (nil, false, false, false)
    (headerBytes, headerSize) = ([], 0)
  }

  /// Ends the exchange because of something outside the transfer.
  func note(_ failure: HTTPFailure) { if self.failure == nil { self.failure = failure } }

  /// Bytes of the request's body that were given to libcurl since it was sent, or sent anew.
  var sentBody: Int64 { source.sent }

  /// Gives the reply, once, and lets go of what was collected for it.
  private func finish(_ result: Result<HTTPResponse, HTTPError>) {
    let reply = self.reply
    self.reply = nil
    responseBody = ResponseBody(receive: .memory(limit: 0))
    source = RequestSource(body: .none)
    reply?(result)
  }
}

/// What libcurl asks for while the transfer runs. False or nil ends the transfer with `failure`.
extension CurlExchange {
  func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    noteProgress()
    headerSize += line.count
    guard headerSize <= Self.headerLimit else {
      failure = HTTPFailure(
        .headersTooLarge, "the answer's header fields have more than \(Self.headerLimit) bytes")
      return false
    }
    if line.count >= 5, line.starts(with: "HTTP/".utf8) {
      // A status line: what came before belonged to an interim answer.
      headerBytes.removeAll(keepingCapacity: true)
      beginHead(line)
    } else {
      if line.count <= 2, line.last == 0x0A { hasWholeHead = !isInterim }
      headerBytes.append(contentsOf: line)
    }
    return true
  }

  private func beginHead(_ line: UnsafeRawBufferPointer) {
    let status = line.dropFirst(5).drop { $0 != 0x20 }.dropFirst().prefix(3)
    isInterim = status.first == UInt8(ascii: "1")
    hasWholeHead = false
    if status.elementsEqual("417".utf8) { isExpectationRefused = true }
  }

  /// `announced` is asked for once, at the first byte.
  func takeBody(_ bytes: UnsafeRawBufferPointer, announced: () -> Int64) -> Bool {
    noteProgress()
    do throws(HTTPFailure) {
      if !hasBody {
        hasBody = true
        try responseBody.begin(announced: announced())
      }
      try responseBody.append(bytes)
      return true
    } catch {
      failure = error
      return false
    }
  }

  func fillBody(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
    noteProgress()
    do throws(HTTPFailure) { return try source.fill(buffer) } catch {
      failure = error
      return nil
    }
  }

  func rewindBody() -> Bool {
    // Refusing is what keeps libcurl from sending a POST twice on its own: see `HTTPRequest.isRepeatable`.
    guard request.isRepeatable || source.sent == 0 else {
      failure = HTTPFailure(
        .reset, "the kept connection ended before the answer; the request is not sent twice")
      return false
    }
    source.rewind()
    return true
  }

  private func noteProgress() {
    if request.deadlines.stalled != nil { lastProgress = .now }
  }
}
