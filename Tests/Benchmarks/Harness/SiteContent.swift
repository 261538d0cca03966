/// What a run left behind, as far as it can be compared.
struct SiteContent: Equatable {
  let missions: Int
  let rows: Int
  let rowBytes: Int
  let objects: FolderContent
}
