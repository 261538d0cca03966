import Synchronization

/// A terminal, as far as the progress area uses one: rows, a cursor, `CR`, `LF`, up, clear to the end of the line and of
/// the screen.
final class Screen: Sendable {
  private struct State {
    /// The last ones are on the screen, those before have scrolled away.
    var rows: [[Character]] = [[]]
    var row = 0
    var column = 0
    var clearings = 0
    var writes = 0
    var refuses = false
  }

  let time = Mutex(Duration.zero)
  private let state = Mutex(State())
  private let height: Int

  init(rows: Int = 24) { height = rows }

  func advance(_ duration: Duration) { time.withLock { $0 += duration } }

  /// Lines with something in them, also those that have scrolled away.
  var all: [String] { state.withLock { $0.rows.map { String($0) }.filter { !$0.isEmpty } } }
  var lines: [String] { all }
  var writes: Int { state.withLock { $0.writes } }
  /// How often everything was cleared from the first place of the screen on.
  var clearings: Int { state.withLock { $0.clearings } }

  /// Takes nothing, as one that is not read.
  var refuses: Bool {
    get { state.withLock { $0.refuses } }
    set { state.withLock { $0.refuses = newValue } }
  }

  func take(_ bytes: [UInt8]) -> Bool {
    state.withLock { state in
      if state.refuses { return false }
      state.writes += 1
      // By scalars: CR and LF beside each other are one character.
      var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
      while let scalar = rest.popFirst() {
        switch scalar {
        case "\r": state.column = 0
        case "\n": newLine(&state)
        case "\u{1B}":
          let end = rest.firstIndex { $0.properties.isAlphabetic }!
          let number = Int(String(String.UnicodeScalarView(rest[..<end].dropFirst()))) ?? 1
          command(Character(rest[end]), number, &state)
          rest = rest[(end + 1)...]
        default: put(Character(scalar), &state)
        }
      }
      return true
    }
  }

  private func top(_ state: State) -> Int { max(0, state.rows.count - height) }

  private func newLine(_ state: inout State) {
    state.row += 1
    // The line discipline brings the cursor to the first column.
    state.column = 0
    if state.row == state.rows.count { state.rows.append([]) }
  }

  private func command(_ letter: Character, _ number: Int, _ state: inout State) {
    switch letter {
    case "A": state.row = max(top(state), state.row - number)
    case "K": state.rows[state.row] = Array(state.rows[state.row].prefix(state.column))
    case "J":
      if state.row == top(state), state.column == 0 { state.clearings += 1 }
      state.rows[state.row] = Array(state.rows[state.row].prefix(state.column))
      for row in state.rows.indices where row > state.row { state.rows[row] = [] }
    default: preconditionFailure("\(letter) is not known")
    }
  }

  private func put(_ character: Character, _ state: inout State) {
    while state.rows[state.row].count < state.column { state.rows[state.row].append(" ") }
    if state.column < state.rows[state.row].count {
      state.rows[state.row][state.column] = character
    } else {
      state.rows[state.row].append(character)
    }
    state.column += 1
  }
}
