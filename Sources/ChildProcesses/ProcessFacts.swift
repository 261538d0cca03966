import Glibc

/// What the system tells of one process.
package struct ProcessFacts: Hashable, Sendable {
  package let id: pid_t
  package let parent: pid_t
  package let session: pid_t
  package let group: pid_t
  /// In clock ticks since the machine began: with the number it names one process for good.
  package let startTime: UInt64
  /// It has ended, and its parent was not told yet.
  package let isEnded: Bool
  /// Whether one of the markers is in its environment; nil when that cannot be read.
  package private(set) var carriesMarker: Bool?
  /// It shows an empty environment: it hides it, or is just about to become another program.
  package private(set) var showsNothing: Bool

  package init(
    id: pid_t, parent: pid_t, session: pid_t, group: pid_t, startTime: UInt64, isEnded: Bool = false,
    carriesMarker: Bool?, showsNothing: Bool = false
  ) {
    self.id = id
    self.parent = parent
    self.session = session
    self.group = group
    self.startTime = startTime
    self.isEnded = isEnded
    self.carriesMarker = carriesMarker
    self.showsNothing = showsNothing
  }

  /// Reads `/proc/ID/stat`; the name in it may hold anything, brackets and line ends too.
  static func parse(stat: [UInt8]) -> ProcessFacts? {
    guard let name = stat.lastIndex(of: UInt8(ascii: ")")), let open = stat.firstIndex(of: UInt8(ascii: "("))
    else { return nil }
    let fields = String(decoding: stat[(name + 1)...], as: UTF8.self).split(separator: " ")
    // Field 3 of proc(5) is the first behind the name.
    guard fields.count > 19,
      let id = pid_t(String(decoding: stat[..<open], as: UTF8.self).filter { $0 != " " }),
      let parent = pid_t(fields[1]), let group = pid_t(fields[2]), let session = pid_t(fields[3]),
      let startTime = UInt64(fields[19])
    else { return nil }
    return ProcessFacts(
      id: id, parent: parent, session: session, group: group, startTime: startTime,
      isEnded: ["Z", "X", "x"].contains(fields[0]), carriesMarker: nil)
  }

  /// The same, as its environment shows it; nil when that cannot be read.
  func showing(_ environment: [UInt8]?, markers: Set<[UInt8]>) -> ProcessFacts {
    guard let environment else { return self }
    var facts = self
    // The kernel's own have no session and no environment.
    facts.showsNothing = environment.isEmpty && !isEnded && session != 0
    if !environment.isEmpty {
      facts.carriesMarker = environment.split(separator: 0).contains { markers.contains(Array($0)) }
    }
    return facts
  }
}

/// Which processes belong to one start of a program: a decision alone, it touches no process.
package enum MarkedProcesses {
  /// The first process of a machine or a container gets orphans of everybody: those that show their environment are
  /// others'.
  private static let initial: pid_t = 1

  /// Those that carry the marker, those of the program's session or group, and whatever descends from them; besides,
  /// while nothing else of ours runs, orphans that became ours: some hide their environment, or were given another one.
  ///
  /// - Parameters:
  ///   - program: its process id; nil when only the marker is known.
  ///   - ourselves: never chosen, nor are the other programs that we started, `others`.
  ///   - ourSession: what others start from this process is in it.
  package static func choose(
    _ all: [ProcessFacts], program: pid_t?, ourselves: pid_t, ourSession: pid_t, others: Set<pid_t> = []
  ) -> [ProcessFacts] {
    var chosen = Set(
      all.filter { process in
        process.carriesMarker == true || process.id == program || process.session == program
          || process.group == program
          || others.isEmpty && process.parent == ourselves && process.session != ourSession
            && (process.carriesMarker == nil || ourselves != initial)
      }.map(\.id))
    let spared = others.union([ourselves])
    chosen.subtract(spared)
    // Descendants follow, however the list is sorted.
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for process in all where chosen.contains(process.parent) && !chosen.contains(process.id) {
        guard !spared.contains(process.id) else { continue }
        chosen.insert(process.id)
        hasGrown = true
      }
    }
    return all.filter { chosen.contains($0.id) && !$0.isEnded }
  }
}
