import XML

/// A page of a bucket's keys, as `ListObjectsV2` answers it.
public struct S3Listing: Hashable, Sendable {
  public var entries: [Entry] = []
  /// Where the next page begins; nil at the end.
  public var next: String?

  /// One object.
  public struct Entry: Hashable, Sendable {
    /// Not percent-encoded.
    public var key: String
    /// Bytes; nil when the store did not say a number.
    public var size: Int64?

    public init(key: String, size: Int64?) {
      self.key = key
      self.size = size
    }
  }

  /// Bytes that one value may have: a key of 1,024 bytes, each of them escaped, fits.
  private static let valueLimit = 8192

  /// Nil unless the bytes are a whole list that says how it goes on.
  init?(_ body: [UInt8]) {
    var scanner = XMLScanner(body[...])
    var isInList = false
    var isWhole = false
    var isInEntry = false
    var isTruncated = false
    var isEncoded = false
    var entry = Entry(key: "", size: nil)
    while let tag = scanner.nextTag() {
      switch tag {
      case .opening("ListBucketResult"): isInList = true
      case .closing("ListBucketResult"): isWhole = true
      case .opening("Contents") where isInList:
        isInEntry = true
        entry = Entry(key: "", size: nil)
      case .closing("Contents") where isInEntry:
        isInEntry = false
        entries.append(entry)
      case .opening("Key") where isInEntry: entry.key = scanner.text(limit: Self.valueLimit)
      case .opening("Size") where isInEntry: entry.size = Int64(scanner.text(limit: Self.valueLimit))
      case .opening("IsTruncated") where isInList: isTruncated = scanner.text(limit: 16) == "true"
      case .opening("EncodingType") where isInList: isEncoded = scanner.text(limit: 16) == "url"
      case .opening("NextContinuationToken") where isInList: next = scanner.text(limit: Self.valueLimit)
      default: continue
      }
    }
    guard isWhole, !isInEntry else { return nil }
    if !isTruncated { next = nil } else if next?.isEmpty != false { return nil }
    if isEncoded { for index in entries.indices { entries[index].key = Self.decoded(entries[index].key) } }
  }

  /// Percent-decoded as form fields are: stores write a space as `+`. What is malformed stays as it is.
  private static func decoded(_ text: String) -> String {
    guard text.contains(where: { $0 == "%" || $0 == "+" }) else { return text }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count, let high = digit(bytes[at + 1]),
        let low = digit(bytes[at + 2])
      {
        out.append(high << 4 | low)
        at += 3
        continue
      }
      out.append(bytes[at] == UInt8(ascii: "+") ? 0x20 : bytes[at])
      at += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: return byte - 48
    case 65...70: return byte - 55
    case 97...102: return byte - 87
    default: return nil
    }
  }
}
