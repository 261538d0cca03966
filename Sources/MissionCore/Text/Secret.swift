/// A value that must never be shown. Printing it shows `***`; only `reveal()` gives the text.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let value: String

  public init(_ value: String) { self.value = value }

  /// The text itself, for the one place that sends or signs with it.
  public func reveal() -> String { value }

  public var isEmpty: Bool { value.isEmpty }
  public var description: String { "***" }
  public var debugDescription: String { "***" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
