import CCurl

extension CurlHandle {
  /// What a transfer that ended with `code` failed of.
  func error(_ code: CURLcode) -> HTTPError {
    // The request line is counted when its first byte goes out; before `pretransfer` only a proxy got bytes.
    let isSent = long(CURLINFO_REQUEST_SIZE) > 0 && offset(CURLINFO_PRETRANSFER_TIME_T) > 0
    if let failure = exchange?.failure {
      return HTTPError(
        failure.kind, "\(failure.message) (curl \(code.rawValue))", mayHaveReachedServer: isSent)
    }
    let kind = kind(code, isSent: isSent)
    return HTTPError(
      kind, "\(foreign: reason(code))", mayHaveReachedServer: isSent,
      tls: kind == .tls ? tlsProblem(code) : nil)
  }

  private func tlsProblem(_ code: CURLcode) -> HTTPError.TLSProblem {
    switch code {
    case CURLE_SSL_CACERT_BADFILE: return .authorityFile
    case CURLE_PEER_FAILED_VERIFICATION:
      // OpenSSL's verdict on the chain (X509_V_ERR_…). The name is judged by libcurl itself: then the verdict is
      // still what libcurl began with, 1 (unspecified), or 0.
      switch long(CURLINFO_SSL_VERIFYRESULT) {
      case 0, 1: return .otherHost
      case 9, 10: return .expired
      default: return .unknownAuthority
      }
    default: return .handshake
    }
  }

  private func kind(_ code: CURLcode, isSent: Bool) -> HTTPError.Kind {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .resolve
    case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED: return .connect
    case CURLE_URL_MALFORMAT: return .invalidRequest
    // Also said of an answer that is no HTTP/1.
    case CURLE_UNSUPPORTED_PROTOCOL: return isSent ? .partialBody : .invalidRequest
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ENGINE_NOTFOUND,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS,
      CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_SHUTDOWN_FAILED,
      CURLE_USE_SSL_FAILED:
      return .tls
    case CURLE_OPERATION_TIMEDOUT:
      return isSent || offset(CURLINFO_PRETRANSFER_TIME_T) > 0 ? .responseTimeout : .connectTimeout
    case CURLE_PARTIAL_FILE, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2:
      return .partialBody
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND: return isSent ? .reset : .connect
    case CURLE_RECV_ERROR:
      guard isSent else { return .connect }
      return long(CURLINFO_RESPONSE_CODE) > 0 ? .partialBody : .reset
    default: return .other
    }
  }
}
