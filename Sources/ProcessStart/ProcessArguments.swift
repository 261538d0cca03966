import CProcessStart
import Messages

/// The arguments that the process was started with, as C's `main` gets them.
public enum ProcessArguments {
  /// What a program says that was started without any, and ends.
  public static let missing: Message = "started without arguments, not even the program's name"

  /// Without the program's name; nil when not even that is there, so that nothing can be told of what is wanted.
  public static func withoutName() -> [String]? {
    without(name: (0..<Int(mc_argument_count())).map { String(cString: mc_arguments()[$0]!) })
  }

  /// Linux makes one empty argument of an empty vector.
  static func without(name vector: [String]) -> [String]? {
    vector.isEmpty || vector == [""] ? nil : Array(vector.dropFirst())
  }
}
