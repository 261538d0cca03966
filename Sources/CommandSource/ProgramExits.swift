/// What a program's exit codes mean besides 0, which is a result (SOURCES 3).
package struct ProgramExits: Hashable, Sendable {
  /// It found nothing: 0 records.
  package var empty: [Int32] = [99]
  /// It asks to be started again later.
  package var wait: [Int32] = [75]
  /// It would fail for every mission alike.
  package var stop: [Int32] = [77, 78]

  package init() {}
}
