import HTTP
import MissionCore
import Ports
import Records
import WebServices

/// A page of the keys below the prefix, in ascending order of their bytes, as stores list them: collection by collection,
/// for most servers list no tree at once. What is kept beside objects is left out.
struct WebListing {
  /// Keys of a page at the least, but for the last: no collection is torn apart.
  static let pageSize = 1000
  /// Of one collection: some tens of thousands of files.
  private static let answerLimit = 32 << 20

  private let folder: WebFolder
  /// With its slash, or empty.
  private let prefix: String
  private let last: String?
  private var keys: [String] = []
  private var isCut = false

  /// - Parameter last: the last key of the page before.
  init(_ folder: WebFolder, under prefix: String, after last: String?) {
    self.folder = folder
    self.prefix = prefix
    self.last = last
  }

  func page() throws(AuditError) -> ObjectPage {
    var listing = self
    try listing.collect(prefix)
    return ObjectPage(keys: listing.keys, next: listing.isCut ? listing.keys.last : nil)
  }

  /// - Parameter beginning: what keys of the collection begin with, with its slash.
  private mutating func collect(_ beginning: String) throws(AuditError) {
    let entries = try entries(of: beginning)
    for entry in entries {
      let key = beginning + entry.name
      if entry.isCollection {
        let inside = key + "/"
        if let last, !last.hasPrefix(inside), Self.precedes(inside, last) { continue }
        guard keys.count < Self.pageSize else {
          isCut = true
          return
        }
        try collect(inside)
        if isCut { return }
      } else if last.map({ Self.precedes($0, key) }) ?? true {
        keys.append(key)
      }
    }
  }

  private static func precedes(_ one: String, _ other: String) -> Bool {
    one.utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// In the order of keys. A collection that is not there has none.
  private func entries(of beginning: String) throws(AuditError) -> [Multistatus.Entry] {
    let path = beginning.isEmpty ? "/" : try folder.path(of: String(beginning.dropLast())) + "/"
    var call = WebService.Call(.listCollection, path)
    call.headers = [("Depth", "1"), ("Content-Type", "application/xml")]
    call.body = .bytes(Self.question)
    call.receive = .memory(limit: Self.answerLimit)
    call.isLarge = true
    let what = "PROPFIND \(beginning)"
    let response = try folder.answer(to: call, doing: what)
    if response.status == 404 { return [] }
    guard response.status == 207, response.contentEncoding == nil, case .memory(let bytes) = response.body
    else { throw Self.refusal(response, what, folder) }
    let own = Multistatus.parts(of: folder.service.url + path)
    guard let list = Multistatus(bytes, ofCollection: own) else {
      throw AuditError(
        code: .storeOther, message: "the store's list of objects cannot be read", severity: .transient())
    }
    return list.entries.filter { !$0.name.hasSuffix(ObjectMetadata.suffix) }.sorted {
      Self.precedes(Self.order($0), Self.order($1))
    }
  }

  /// As it stands in keys: a collection's name with its slash.
  private static func order(_ entry: Multistatus.Entry) -> String {
    entry.isCollection ? entry.name + "/" : entry.name
  }

  /// A server without WebDAV's lists can be asked for each key all the same: it is as one that may not be listed.
  private static func refusal(
    _ response: HTTPResponse, _ what: String, _ folder: WebFolder
  ) -> AuditError {
    var failure = folder.failures.refusal(response, doing: what)
    guard [400, 403, 405, 415, 501].contains(response.status) || response.isSuccess else { return failure }
    failure.message = "the server gives no list of what it holds: " + failure.message
    return AuditError(
      code: .storePermissionDenied, message: failure.message, advice: failure.advice)
  }

  private static let question = Array(
    #"<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>"#
      .utf8)
}
