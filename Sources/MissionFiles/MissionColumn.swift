/// A column that every mission file may have.
enum MissionColumn: String, CaseIterable {
  case dateStart = "date_start"
  case dateEnd = "date_end"
  case mediaType = "media_type"
  case languages
  case source
  case priority
}
