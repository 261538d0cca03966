/// Text of files that the build puts into the program as bytes (`embedInCode` in Package.swift).
enum EmbeddedText {
  /// The files' texts with an empty line between them.
  static func joined(_ files: [[UInt8]]) -> String {
    String(decoding: Array(files.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
  }
}
