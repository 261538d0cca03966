import MissionCore
import Report

/// Which errors came from which worker and through which proxy: a table whose cells are the darker the more there are.
extension HTMLPage {
  /// Columns of each kind; the others are in the sums.
  private static var mostNames: Int { 12 }

  var heatMap: Markup? {
    guard let cells = summary.retries?.attempts, !cells.isEmpty else { return nil }
    let codes = Self.sums(cells) { $0.code }
    let workers = Self.sums(cells) { $0.worker }.prefix(Self.mostNames)
    let proxies = Self.sums(cells) { $0.proxy }.prefix(Self.mostNames)
    guard workers.count + proxies.count > 0 else { return nil }
    let most = max(1, workers.first?.count ?? 0, proxies.first?.count ?? 0)
    let rows = codes.map { code -> Markup in
      let own = cells.filter { $0.code == code.name }
      let cellsOfRow =
        workers.map { worker in cell(own.filter { $0.worker == worker.name }, most) }
        + proxies.map { proxy in cell(own.filter { $0.proxy == proxy.name }, most) }
      let meaning = ErrorCode(rawValue: code.name).map { phrases.meaning($0) } ?? ""
      return """
        <tr><th scope="row"><span class="figure">\(untrusted: code.name)</span> <span class="soft">\(meaning)</span></th>\
        <td class="sum">\(phrases.count(code.count))</td>\(cellsOfRow)</tr>

        """
    }
    func heads(_ names: ArraySlice<Retries.Count>) -> [Markup] {
      names.map { "<th scope=\"col\" class=\"figure\">\(untrusted: $0.name)</th>" }
    }
    func group(_ phrase: PagePhrase, _ count: Int) -> Markup? {
      count > 0 ? "<th scope=\"colgroup\" colspan=\"\(count)\">\(phrases(phrase))</th>" : nil
    }
    return """
      <section class="card" id="heat" aria-labelledby="heat-title"><header><h2 id="heat-title">\(phrases(.heatMap))</h2>\
      <p class="soft small">\(phrases(.heatMapNote))</p></header>
      <div class="scroll" tabindex="0"><table class="plain heat"><thead><tr><td colspan="2"></td>\
      \(group(.workers, workers.count))\(group(.proxies, proxies.count))</tr>
      <tr><th scope="col">\(phrases(.code))</th><th scope="col">∑</th>\(heads(workers))\(heads(proxies))</tr></thead>
      <tbody>\(rows)</tbody></table></div></section>

      """
  }

  private func cell(_ attempts: [Retries.Attempts], _ most: Int) -> Markup {
    let count = attempts.reduce(0) { $0 + $1.count }
    guard count > 0 else { return "<td class=\"heat-0\">·</td>" }
    return "<td class=\"heat-\(1 + min(3, count * 4 / (most + 1)))\">\(phrases.count(count))</td>"
  }

  /// The most frequent first.
  private static func sums(
    _ cells: [Retries.Attempts], by name: (Retries.Attempts) -> String?
  ) -> [Retries.Count] {
    var counts: [String: Int] = [:]
    for cell in cells { if let name = name(cell) { counts[name, default: 0] += cell.count } }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      Retries.Count(name: $0.key, count: $0.value)
    }
  }
}
