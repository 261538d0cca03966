/// How log lines are written to standard error.
package enum LogFormat: String, CaseIterable, Sendable {
  case text, json
}
