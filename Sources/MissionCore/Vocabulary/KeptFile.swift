import JSONStream
import URI

/// A file that a mission's program wrote beside its records, and that goes into the store as it is (SOURCES 3).
///
/// Whoever makes one has seen to the rules: a regular file and no link, below the program's folder, flushed to disk and
/// hashed before the scrape counts as ended.
public struct KeptFile: Hashable, Sendable {
  /// Bytes of the longest name.
  public static let longestName = 128
  /// Files of one mission at the most.
  public static let mostFiles = 1_000

  /// As the program called it below its folder, `/` between the folders in there.
  public let name: String
  /// Bytes.
  public let size: Int64
  /// Of the bytes, lower-case hex.
  public let sha256: String
  /// Where it lies until the mission is DONE: a path below the folder `work` beside the journal. Empty once nobody
  /// knows one, as in the destination's ledger.
  public let place: String

  public init(name: String, size: Int64, sha256: String, place: String = "") {
    self.name = name
    self.size = size
    self.sha256 = sha256
    self.place = place
  }

  /// Bytes of the longest last part of its key: with what folder stores add to it, as much as file systems take.
  package static let longestKeyName = 220

  /// The last part of its key: what is not `[A-Za-z0-9._-]` is percent-encoded. So is a dot that would make it one of the
  /// names that folder stores keep for themselves, `x.meta.json` and `.x.part`.
  package var keyName: String { Self.keyName(of: name) }

  /// The name as it stands in a key: what is not `[A-Za-z0-9._-]` is percent-encoded.
  package static func keyName(of name: String) -> String {
    let name = PercentEncoding.encode(name).replacing("~", with: "%7E")
    if name.hasSuffix(".meta.json") { return "\(name.dropLast(10))%2Emeta.json" }
    return name.hasPrefix(".") && name.hasSuffix(".part") ? "%2E\(name.dropFirst())" : name
  }
}

extension KeptFile: Comparable {
  /// By the bytes of the names, the order in which they are uploaded and listed everywhere.
  public static func < (one: KeptFile, other: KeptFile) -> Bool {
    one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
  }
}

// As one array of objects: in the journal with the places, in the destination's ledger without them.
extension [KeptFile] {
  /// `[]` without any.
  package func json(withPlaces: Bool) -> String {
    if isEmpty { return "[]" }
    var json = JSONWriter()
    json.beginArray()
    for file in self {
      json.beginObject()
      json.key("name")
      json.value(file.name)
      json.key("size")
      json.value(file.size)
      json.key("sha256")
      json.value(file.sha256)
      if withPlaces {
        json.key("place")
        json.value(file.place)
      }
      json.endObject()
    }
    json.endArray()
    return json.text
  }

  package var withoutPlaces: [KeptFile] {
    map { KeptFile(name: $0.name, size: $0.size, sha256: $0.sha256) }
  }

  /// Reads what `json` wrote, also as PostgreSQL's `jsonb` writes it; nil for any other text.
  package init?(json: String) {
    var json = json
    let files: [KeptFile]? = json.withUTF8 { text in
      let bytes = UnsafeRawBufferPointer(text)
      var files: [KeptFile] = []
      var reader = JSONArrayReader(bytes)
      do throws(JSONError) {
        while let element = try reader.next() {
          guard let file = try KeptFile(bytes, element.value) else { return nil }
          files.append(file)
        }
      } catch { return nil }
      return files
    }
    guard let files else { return nil }
    self = files
  }
}

extension KeptFile {
  fileprivate init?(_ bytes: UnsafeRawBufferPointer, _ value: JSONValue) throws(JSONError) {
    guard value.kind == .object else { return nil }
    let object = UnsafeRawBufferPointer(rebasing: bytes[value.range])
    let members = try JSONScanner.members(of: object)
    func text(_ key: String) -> String? {
      members.first { $0.key == key && $0.value.kind == .string }
        .map { JSONText.string(object, $0.value.range) }
    }
    let size = members.first { $0.key == "size" && $0.value.kind == .number }
      .flatMap { JSONText.integer(object, $0.value.range) }
    guard let name = text("name"), let size, let sha256 = text("sha256") else { return nil }
    self.init(name: name, size: size, sha256: sha256, place: text("place") ?? "")
  }
}
