import Configuration
import MissionCore

/// The mission files of a run or a plan: the arguments, else what `missions:` leads to.
package struct MissionFileChoice {
  /// In the order in which they are read.
  package let files: [String]
  /// Folders and patterns that could not be looked at, with the reasons.
  package let refusals: [String]

  /// - Throws: 66 when nothing at all is found though something is named, 65 when it is not known what is there.
  package init(_ options: RunOptions, _ configuration: Configuration, _ log: any Log)
    throws(CommandFailure)
  {
    guard options.files.isEmpty else {
      files = options.files
      refusals = []
      return
    }
    let search = configuration.missionFiles()
    files = search.files
    refusals = search.unreadable
    // Then missions are chosen that no file need name.
    let needsFiles = options.only.isEmpty && !options.includesUnlisted
    if search.files.isEmpty, needsFiles {
      if !search.unreadable.isEmpty {
        throw CommandFailure(
          .inputErrors, "no mission file can be read: \(search.unreadable.joined(separator: "; "))")
      }
      if !search.unmatched.isEmpty {
        throw CommandFailure(
          .notFound,
          "missions: leads to no file: \(search.unmatched.map { UntrustedText.quoted($0) }.joined(separator: ", "))"
        )
      }
    }
    for pattern in search.unmatched {
      log.warning("missions: \(UntrustedText.quoted(pattern)) matches no file")
    }
  }
}
