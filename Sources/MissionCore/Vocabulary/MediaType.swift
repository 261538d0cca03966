/// What kind of ads a mission scrapes.
public enum MediaType: String, CaseIterable, Sendable {
  case all, video, image
}
