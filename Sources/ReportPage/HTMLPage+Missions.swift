/// The frame of the table of missions that the script fills.
extension HTMLPage {
  var missionsBeginning: Markup {
    """
    <section class="card missions-card" id="missions" aria-labelledby="missions-title">
    <header><h2 id="missions-title">\(phrases(.missions))</h2></header>
    <div class="scripted-only">
    <form class="filters" id="filters" role="search" aria-labelledby="missions-title">
    <label class="search">\(phrases(.search))<input id="filter-search" type="search" autocomplete="off" spellcheck="false" \
    placeholder="\(phrases(.searchHint))"></label>
    \(filters)</form>
    <div class="filter-state"><p class="soft small" id="filter-count" role="status"></p>\
    <button class="button" id="filter-clear" type="button" hidden>\(phrases(.clear))</button></div>
    <div class="scroll"><table class="missions" role="table" aria-labelledby="missions-title" aria-describedby="filter-count">
    <thead role="rowgroup"><tr role="row">\(columns)</tr></thead>
    <tbody id="mission-rows" role="rowgroup"></tbody></table></div>
    <nav class="pages" id="pages" aria-label="\(phrases(.missions))"><p class="soft small" id="page-text"></p>\
    <button class="button" id="page-before" type="button">\(phrases(.before50))</button>\
    <button class="button" id="page-after" type="button">\(phrases(.after50))</button></nav>
    </div>

    """
  }

  private var filters: [Markup] {
    let filters: [(String, PagePhrase)] = [
      ("status", .status), ("media", .media), ("language", .language), ("month", .month), ("code", .code),
    ]
    return filters.map { name, phrase in
      """
      <label>\(phrases(phrase))<select id="filter-\(name)"><option value="">\(phrases(.anyValue))</option></select></label>

      """
    }
  }

  /// Name for sorting, text, and from which width on it is shown.
  private var columns: [Markup] {
    let columns: [(String, PagePhrase, String)] = [
      ("day", .days, ""), ("media", .media, "medium-only"), ("languages", .language, "medium-only"),
      ("status", .status, ""), ("", .checkpointMarks, ""), ("ads", .ads, "number"),
      ("attempts", .attempts, "number wide-only"), ("time", .duration, "number medium-only"),
      ("worker", .worker, "wide-only"), ("proxy", .proxy, "wide-only"), ("code", .error, "medium-only"),
    ]
    return columns.map { name, phrase, kind -> Markup in
      let text = phrases(phrase)
      if name.isEmpty { return "<th role=\"columnheader\" scope=\"col\" class=\"\(kind)\">\(text)</th>" }
      return """
        <th role="columnheader" scope="col" class="\(kind)" data-sort="\(name)"><button class="sort" type="button">\
        \(text)</button></th>
        """
    }
  }
}
