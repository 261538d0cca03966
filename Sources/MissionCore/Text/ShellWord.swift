/// Text as one word of a shell command that a person may copy.
public enum ShellWord {
  /// The text as one word of a shell, in quotes where it needs them.
  public static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122: return true
        default: return "_-./:=@%+,".utf8.contains(byte)
        }
      }
    if isPlain { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
