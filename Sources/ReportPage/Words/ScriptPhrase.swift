/// A text of the page that its script shows; the raw value is its name there. `{n}` and the like are filled in.
enum ScriptPhrase: String, CaseIterable, Sendable {
  // How numbers, days and months are written.
  case language, grouping, decimal, minutes, months, weekdays, datePattern, monthPattern
  case copy, copyCommand, copied, selected
  case themeLight, themeDark
  case missionsOne, missionsOther, adsOne, adsOther, daysOne, daysOther, gapsNone, gapsOne, gapsOther,
    failedCount, suspiciousCount, monthNone, monthDone, monthDoneOf, chartPerDay, chartMean, laneBusy
  case groupDone = "group_done"
  case groupFailed = "group_failed"
  case groupRunning = "group_running"
  case groupLeft = "group_left"
  case groupCancelled = "group_cancelled"
  case groupSuspicious = "group_suspicious"
  case calendarNote, calendarCut, calendarGap, calendarOther, calendarOwn, chartTitle, chartNote, chartKeys,
    chartHasFailed
  case laneSession = "lane_session"
  case laneJob = "lane_job"
  case laneLoad = "lane_load"
  case laneUpload = "lane_upload"
  case laneFailure = "lane_failure"
  case markDone = "mark_done"
  case markFailed = "mark_failed"
  case markRunning = "mark_running"
  case markPending = "mark_pending"
  case noMatches, showingSome, onDay, pageOf
  case columnMedia, columnLanguages, columnParameters, columnAds, columnWorker, columnProxy, columnAttempts,
    columnError
  case source, size, started, finished, mend, close
  case events, eventsElsewhere, timesUTC, inRun, inThisRun, attempt
  case followLive, followPaused, followPause, followResume, followStale
}
