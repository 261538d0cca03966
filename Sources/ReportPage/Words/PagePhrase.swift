/// A text of the page that stands in its markup. `{n}`, `{day}` and the like are filled in.
enum PagePhrase: CaseIterable, Sendable {
  case title, skipToContent
  case started, finished, took, written, live, exit
  case exitSuccess, exitFailed, exitInput, exitUnusable, exitStopped, exitOther, endTimeUp, endKilled
  case lightTheme, print
  case backfill, doneOfAll, thisRun, rateChart, suspicious, recovered
  case heatMap, heatMapNote, slice, allSlices, slices, slicesNote
  case totals, selected, done, failed, cancelled, left, skipped, rejectedRows, ads, bytes, time, rate
  case next, nothingLeft, whileLive, whenSuperseded
  case failures, failuresNote, missionsFailed, daysAffected, throughProxies, onWorkers, before, andMore,
    noProxy
  case mend, showThese
  case suspiciousNote
  case inputErrors
  case calendar, legendDone, legendNoAds, legendFailed, legendRunning, legendLeft, legendCancelled, legendGap,
    legendOwn, legendPartFailed, legendSuspicious, legendMean
  case adsPerDay
  case timeline, timelineNote, laneSession, laneJob, laneSecond, laneFurther, laneLoad, laneUpload,
    laneFailure
  case zoomIn, zoomOut, zoomAll, earlier, later
  case checkpoints, checkpoint, workers, worker, proxies, proxy
  case missions, search, searchHint, anyValue, status, media, language, month, code, clear, before50, after50
  case days, checkpointMarks, attempts, duration, error
  case omitted, listedSome, staticSome, unscripted, footer, columnBytes
}
