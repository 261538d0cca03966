/// Exchanges for which all connections are taken, in the order they came. libcurl would let them wait as well, but each with
/// a handle and a buffer of its own: thousands of requests at once would cost what thousands of connections do.
struct WaitingExchanges {
  private var exchanges: [CurlExchange] = []

  var isEmpty: Bool { exchanges.isEmpty }

  mutating func append(_ exchange: CurlExchange) { exchanges.append(exchange) }

  /// The first so many.
  mutating func take(_ count: Int) -> [CurlExchange] {
    let taken = Array(exchanges.prefix(count))
    exchanges.removeFirst(taken.count)
    return taken
  }

  /// False when it does not wait.
  mutating func remove(_ exchange: CurlExchange) -> Bool {
    guard let place = exchanges.firstIndex(where: { $0 === exchange }) else { return false }
    exchanges.remove(at: place)
    return true
  }
}
