import Ports
import Testing

/// A store whose listing never ends.
@Suite(.timeLimit(.minutes(5))) struct ListingWatchTests {
  private struct Listed: Equatable {
    var pages: Int
    var error: AuditError?
  }

  /// How many pages were asked for, and why no more; nil when the listing ended.
  private func list(_ page: (Int) -> ObjectPage) -> Listed {
    var watch = ListingWatch()
    for number in 0..<10_000 {
      let page = page(number)
      do throws(AuditError) { try watch.take(page) } catch { return Listed(pages: number + 1, error: error) }
      if page.next == nil { return Listed(pages: number + 1) }
    }
    return Listed(pages: 10_000)
  }

  private func key(_ number: Int) -> String {
    let digits = String(number)
    return "scrapes/" + String(repeating: "0", count: 8 - digits.count) + digits + ".json"
  }

  @Test("a listing that leads on is taken to its end, empty pages and keys beyond ASCII included")
  func whole() {
    #expect(list { ObjectPage(keys: [key($0)], next: $0 < 3000 ? "\($0)" : nil) } == Listed(pages: 3001))
    #expect(list { ObjectPage(keys: [], next: $0 < 90 ? "\($0)" : nil) } == Listed(pages: 91))
    #expect(list { _ in ObjectPage(keys: ["a", "a/", "é", "\u{FF5E}", "😀"], next: nil) } == Listed(pages: 1))
  }

  @Test("pages that do not lead on end with an error that says what the store does")
  func endless() {
    let ways: [(words: String, page: (Int) -> ObjectPage)] = [
      ("the same continuation token", { ObjectPage(keys: [key($0)], next: "again") }),
      (
        "gave the key scrapes/00000000.json after scrapes/00000002.json",
        { ObjectPage(keys: [key($0 % 3)], next: "\($0)") }
      ),
      ("twice", { ObjectPage(keys: [key(7)], next: "\($0)") }),
      ("twice", { _ in ObjectPage(keys: [key(1), key(1)], next: nil) }),
      ("pages without keys", { ObjectPage(keys: [], next: "\($0)") }),
      ("pages without keys", { ObjectPage(keys: [], next: "\($0 % 2)") }),
      ("after", { _ in ObjectPage(keys: [key(2), key(1)], next: nil) }),
    ]
    for way in ways {
      let listed = list(way.page)
      let error = listed.error
      #expect(listed.pages <= 200)
      #expect(error?.code == .storeOther && error?.severity.isTransient == false)
      #expect(error?.message.plain.contains(way.words) == true, "\(way.words): \(error?.message ?? "-")")
    }
  }
}
