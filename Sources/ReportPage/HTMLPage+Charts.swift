import Report

/// Where the script draws, and what is told in tables.
extension HTMLPage {
  var calendar: Markup {
    let legend: [(String, PagePhrase)] = [
      ("ads-3", .legendDone), ("is-empty", .legendNoAds), ("is-suspicious", .legendSuspicious),
      ("is-failed", .legendFailed), ("ads-3 part-some", .legendPartFailed),
      ("is-running", .legendRunning), ("is-left", .legendLeft), ("is-cancelled", .legendCancelled),
      ("is-gap", .legendGap), ("ads-3 is-own", .legendOwn),
    ]
    let items = legend.map { name, phrase -> Markup in
      // Shown by the script where there are such days.
      let id: Markup? =
        phrase == .legendOwn
        ? " id=\"legend-own\"" : phrase == .legendPartFailed ? " id=\"legend-part\"" : nil
      return "<li\(id)><span class=\"day \(name)\" aria-hidden=\"true\"></span>\(phrases(phrase))</li>"
    }
    return """
      <section class="card scripted-only" id="calendar" aria-labelledby="calendar-title">
      <header><h2 id="calendar-title">\(phrases(.calendar))</h2><p class="soft small" id="calendar-note"></p>\
      <label class="slice-choice small soft" id="slice-choice" hidden>\(phrases(.slice))<select id="slice">\
      <option value="">\(phrases(.allSlices))</option></select></label></header>
      <div id="calendar-body"></div>
      <ul class="legend calendar-legend">\(items)</ul></section>

      """
  }

  var adsPerDay: Markup {
    """
    <section class="card scripted-only" id="ads" aria-labelledby="ads-title">
    <header><h2 id="ads-title">\(phrases(.adsPerDay))</h2><p class="soft small" id="chart-note"></p></header>
    <svg class="chart" id="chart" role="img" tabindex="0"></svg>
    <ul class="legend"><li><i class="bar-key"></i>\(phrases(.adsPerDay))</li><li><i class="mean-key"></i>\
    \(phrases(.legendMean))</li></ul></section>

    """
  }

  var timeline: Markup {
    let keys: [(String, PagePhrase)] = [
      ("session", .laneSession), ("job", .laneJob), ("job-2", .laneSecond), ("job-3", .laneFurther),
      ("load", .laneLoad), ("upload", .laneUpload),
      ("failure-mark", .laneFailure),
    ]
    let items = keys.map { name, phrase -> Markup in "<li><i class=\"\(name)\"></i>\(phrases(phrase))</li>" }
    let buttons: [(String, String, PagePhrase)] = [
      ("zoom-left", "←", .earlier), ("zoom-out", "−", .zoomOut), ("zoom-in", "+", .zoomIn),
      ("zoom-right", "→", .later),
    ]
    return """
      <section class="card scripted-only" id="lanes" aria-labelledby="lanes-title">
      <header><h2 id="lanes-title">\(phrases(.timeline))</h2><div class="zoom">\(buttons.map {
        """
        <button class="button" id="\($0.0)" type="button" aria-label="\(phrases($0.2))">\($0.1)</button>
        """ as Markup
      })\
      <button class="button" id="zoom-all" type="button">\(phrases(.zoomAll))</button></div></header>
      <div class="lanes"><canvas id="lanes-canvas" role="img" tabindex="0" aria-labelledby="lanes-title" \
      aria-describedby="lanes-note workers-title"></canvas></div>
      <ul class="legend lane-keys">\(items)</ul>
      <p class="soft small" id="lanes-note">\(phrases(.timelineNote))</p></section>

      """
  }

  /// Beside each other where there is room.
  var shares: Markup? {
    let tables = [
      checkpointTable, shares(.workers, .worker, summary.workers), shares(.proxies, .proxy, summary.proxies),
    ].compactMap { $0 }
    return tables.isEmpty ? nil : "<div class=\"shares\">\(tables)</div>\n"
  }

  private var checkpointTable: Markup? {
    guard !summary.checkpoints.isEmpty else { return nil }
    let rows = summary.checkpoints.map { times -> Markup in
      """
      <tr><th scope="row">\(times.checkpoint.rawValue)</th><td>\(phrases.duration(seconds: times.p50Seconds))</td>\
      <td>\(phrases.duration(seconds: times.p95Seconds))</td></tr>

      """
    }
    return """
      <section class="card" aria-labelledby="checkpoints-title">\
      <header><h2 id="checkpoints-title">\(phrases(.checkpoints))</h2></header>
      <div class="scroll"><table class="plain"><thead><tr><th scope="col">\(phrases(.checkpoint))</th>\
      <th scope="col" class="figure">p50</th><th scope="col" class="figure">p95</th></tr></thead>
      <tbody>\(rows)</tbody></table></div></section>

      """
  }

  /// What each worker, or proxy, brought about.
  private func shares(_ title: PagePhrase, _ name: PagePhrase, _ shares: [RunSummary.Share]) -> Markup? {
    guard !shares.isEmpty else { return nil }
    let id = name == .worker ? "workers-title" : "proxies-title"
    let rows = shares.map { share -> Markup in
      """
      <tr><th scope="row">\(untrusted: share.name)</th><td>\(phrases.count(share.done))</td>\
      <td\(share.failed > 0 ? " class=\"bad\"" as Markup : nil)>\(phrases.count(share.failed))</td>\
      <td>\(phrases.count(share.ads))</td><td>\(phrases.bytes(share.bytes))</td></tr>

      """
    }
    let names: [PagePhrase] = [name, .done, .failed, .ads, .columnBytes]
    return """
      <section class="card" aria-labelledby="\(id)"><header><h2 id="\(id)">\(phrases(title))</h2></header>
      <div class="scroll"><table class="plain"><thead><tr>\(names.map { "<th scope=\"col\">\(phrases($0))</th>" as Markup })</tr></thead>
      <tbody>\(rows)</tbody></table></div></section>

      """
  }
}
