/// What kind of ads a mission scrapes.
package enum MediaType: String, CaseIterable, Sendable {
  case all, video, image
}
