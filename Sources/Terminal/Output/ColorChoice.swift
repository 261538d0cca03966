/// Whether text is coloured: where a terminal shows it, or as a person says.
package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}
