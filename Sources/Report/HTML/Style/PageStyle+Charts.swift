extension PageStyle {
  /// Ads per day, and the workers' lanes.
  static let charts = #"""
    .chart { display: block; width: 100%; height: 12rem; overflow: visible; touch-action: pan-y; }
    .chart .grid { stroke: var(--line); }
    .chart .bars { fill: var(--accent); }
    [data-theme="light"] .chart .bars { fill: #e3b505; }
    .chart .misses { fill: var(--bad); }
    .chart .cursor { fill: var(--text); opacity: .14; }
    .chart text { fill: var(--soft); font: 400 11px var(--mono); }
    .lanes { position: relative; }
    .lanes canvas { display: block; width: 100%; border-radius: 10px; touch-action: pan-y; cursor: crosshair; }
    .lane-keys i { width: 1.1rem; height: .55rem; border-radius: 3px; display: inline-block; }
    .lane-keys .session { background: var(--session); }
    .lane-keys .job { background: var(--job); }
    .lane-keys .load { background: var(--load); }
    .lane-keys .upload { background: var(--accent); }
    .lane-keys .failure-mark { background: var(--bad); width: .55rem; border-radius: 50%; }
    .zoom { display: flex; gap: .35rem; }
    .zoom .button { min-width: 2.25rem; justify-content: center; padding: .2rem .6rem; }

    """#
}
