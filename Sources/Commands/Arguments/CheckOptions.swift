/// Options of `check`.
struct CheckOptions: Equatable, Sendable {
  /// Test messages are really sent to those whom `notify:` names.
  var sendsNotifications = false
}
