import Dates
import HTTP
import MissionCore

/// What `check` advises by an answer, or for want of one.
package struct HealthAdvice: Sendable {
  /// In the words of a kind, by what is answered.
  package struct Words: Sendable {
    /// 401, 403.
    private let credentials: Message
    /// 300 to 399.
    private let redirect: Message
    private let notFound: Message
    /// 500 and more.
    private let unwell: Message
    /// Anything else.
    private let other: Message

    package init(credentials: Message, redirect: Message, notFound: Message, unwell: Message, other: Message)
    {
      self.credentials = credentials
      self.redirect = redirect
      self.notFound = notFound
      self.unwell = unwell
      self.other = other
    }

    fileprivate func text(_ status: Int) -> Message {
      switch status {
      case 401, 403: return credentials
      case 300..<400: return redirect
      case 404: return notFound
      case 500...: return unwell
      default: return other
      }
    }
  }

  private let connection: ConnectionAdvice
  private let words: Words

  package init(_ connection: ConnectionAdvice, _ words: Words) {
    self.connection = connection
    self.words = words
  }

  /// What a person can do about an answer to a health request.
  package func text(_ answer: Result<HTTPResponse, HTTPError>) -> Message {
    switch answer {
    case .failure(let error): return connection.text(error)
    case .success(let response): return words.text(response.status)
    }
  }

  /// The other side's clock; nil when it does not tell.
  package static func time(of answer: Result<HTTPResponse, HTTPError>) -> Timestamp? {
    guard case .success(let response) = answer else { return nil }
    return response.headers["date"].flatMap(HTTPDate.milliseconds).map { Timestamp(milliseconds: $0) }
  }
}
