import Journal
import MissionCore
import Report

/// What the journal holds of each slice.
extension HTMLPage {
  func slices(_ calendar: JournalCalendar?) -> Markup? {
    guard let calendar, calendar.slices.count > 1 else { return nil }
    let rows = calendar.slices.map { slice -> Markup in
      """
      <tr><th scope="row">\(untrusted: slice.name)</th><td>\(phrases.day(slice.from)) – \(phrases.day(slice.to))</td>\
      <td>\(phrases.count(slice.done))</td>\(bad(slice.failed))<td>\(phrases.count(slice.missions - slice.done - slice.failed))</td>\
      <td>\(phrases.count(slice.suspicious))</td><td>\(phrases.count(slice.ads))</td></tr>

      """
    }
    let names: [PagePhrase] = [.slice, .days, .done, .failed, .left, .suspicious, .ads]
    let more: Markup? =
      calendar.moreSlices > 0
      ? "<p class=\"soft small\">\(phrases(.andMore, ["n": phrases.count(calendar.moreSlices)]))</p>\n" : nil
    return """
      <section class="card" id="slices" aria-labelledby="slices-title"><header><h2 id="slices-title">\(phrases(.slices))</h2>\
      <p class="soft small">\(phrases(.slicesNote))</p></header>
      <div class="scroll" tabindex="0"><table class="plain"><thead><tr>\
      \(names.map { "<th scope=\"col\">\(phrases($0))</th>" as Markup })</tr></thead>
      <tbody>\(rows)</tbody></table></div>
      \(more)</section>

      """
  }

  private func bad(_ count: Int) -> Markup {
    count > 0 ? "<td class=\"bad\">\(phrases.count(count))</td>" : "<td>0</td>"
  }
}
