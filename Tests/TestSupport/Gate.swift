import Threads

/// Lets one waiter through for each `open`.
package final class Gate: Sendable {
  private let places = Monitor(0)

  package init() {}

  package func open() { places.change { $0 += 1 } }

  package func wait() {
    places.wait { places -> Void? in
      guard places > 0 else { return nil }
      places -= 1
      return ()
    }
  }
}
