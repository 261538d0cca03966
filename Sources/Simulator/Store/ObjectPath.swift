/// Object keys as paths below the store's folder.
///
/// Each part of the key becomes one file name. Letters, digits, `-_~=+,@` and what is not ASCII stay as
/// they are, dots too unless the part begins with one; everything else is written `%XX`. An empty part is
/// written `%`. So no key can name a path outside, and every path reads back as one key.
enum ObjectPath {
  private static let longestKey = 1024
  private static let longestName = 255

  static func path(of key: [UInt8]) throws(StoreError) -> String {
    guard !key.isEmpty, key.count <= longestKey, String(validating: key, as: UTF8.self) != nil else {
      throw StoreError(key.count > longestKey ? "KeyTooLongError" : "InvalidURI")
    }
    var names: [String] = []
    for part in key.split(separator: 47, omittingEmptySubsequences: false) {
      let name = name(of: part)
      guard name.utf8.count <= longestName else { throw StoreError("KeyTooLongError") }
      names.append(name)
    }
    return names.joined(separator: "/")
  }

  private static func name(of part: ArraySlice<UInt8>) -> String {
    guard let first = part.first else { return "%" }
    var out: [UInt8] = []
    for byte in part {
      if isKept(byte) && !(byte == 46 && first == 46) {
        out.append(byte)
      } else {
        out += PercentCoding.encoded(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The key whose path this is; nil for files that are no objects.
  static func key(of path: String) -> String? {
    var parts: [String] = []
    for name in path.split(separator: "/", omittingEmptySubsequences: false) {
      if name == "%" {
        parts.append("")
        continue
      }
      guard let bytes = PercentCoding.decode(name), let part = String(validating: bytes, as: UTF8.self) else {
        return nil
      }
      parts.append(part)
    }
    return parts.joined(separator: "/")
  }

  private static func isKept(_ byte: UInt8) -> Bool {
    PercentCoding.isUnreserved(byte) || byte >= 0x80 || byte == 61 || byte == 43 || byte == 44 || byte == 64
  }
}
