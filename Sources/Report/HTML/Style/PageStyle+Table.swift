extension PageStyle {
  /// The table of missions and its filters.
  static let table = #"""
    .filters { display: grid; gap: .6rem; grid-template-columns: minmax(12rem, 2fr) repeat(5, minmax(7.5rem, 1fr));
      margin-bottom: .9rem; align-items: end; }
    .filters label { display: grid; gap: .2rem; font-size: .8125rem; color: var(--soft); min-width: 0; }
    .filters input, .filters select {
      width: 100%; min-height: 2.4rem; padding: .3rem .75rem; border-radius: 11px; border: 1px solid var(--line);
      background: var(--raised); color: var(--text); font-size: .875rem;
    }
    .filters .is-set { border-color: var(--accent); }
    .filter-state { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; min-height: 2.25rem;
      margin-bottom: .5rem; }
    .filter-state p { margin-right: auto; }
    .missions { width: 100%; border-collapse: collapse; font-size: .8438rem; }
    .missions th, .missions td { padding: .5rem .6rem; text-align: left; border-top: 1px solid var(--line);
      vertical-align: top; }
    .missions thead th { border-top: 0; padding-block: .2rem .35rem; font-weight: 500; color: var(--soft);
      white-space: nowrap; }
    .missions th:first-child, .missions td:first-child { padding-left: .35rem; }
    .missions .number { text-align: right; }
    .missions td.figure { font-size: .8125rem; }
    .missions .open { all: unset; cursor: pointer; font-family: var(--mono); font-size: .8125rem; font-weight: 500;
      white-space: nowrap; }
    .missions thead th::first-letter, .sort::first-letter { text-transform: uppercase; }
    .phone-only { display: none; }
    .missions .open:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
    .missions tbody tr.is-row { cursor: pointer; }
    .missions tbody tr.is-row:hover { background: var(--hover); }
    .sort { all: unset; display: inline-block; cursor: pointer; border-radius: 4px; }
    .sort:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
    .sort::after { content: " ↕"; opacity: .35; }
    [aria-sort="ascending"] .sort::after { content: " ↑"; opacity: 1; color: var(--accent-text); }
    [aria-sort="descending"] .sort::after { content: " ↓"; opacity: 1; color: var(--accent-text); }
    .status { text-transform: lowercase; }
    .status::before { content: ""; display: inline-block; width: .5rem; height: .5rem; margin-right: .45rem;
      border-radius: 50%; background: var(--done-4); }
    .status.is-failed { color: var(--bad-text); }
    .status.is-failed::before { background: var(--bad); border-radius: 1px; }
    .status.is-running::before { background: var(--accent); }
    .status.is-left::before { background: transparent; border: 1.5px solid var(--soft); }
    .marks { white-space: nowrap; font-family: var(--mono); letter-spacing: .1em; }
    .marks .failed { color: var(--bad-text); }
    .marks .running { color: var(--accent-text); }
    .marks .pending { color: var(--soft); }
    .pages { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin-top: .9rem; }
    .pages p { margin-right: auto; }
    @media (max-width: 68rem) { .filters { grid-template-columns: repeat(3, minmax(0, 1fr)); }
      .filters .search { grid-column: 1 / -1; } .missions .wide-only { display: none; } }
    @media (max-width: 40rem) {
      .filters { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      .missions .medium-only { display: none; }
      .phone-only { display: block; }
      .missions th, .missions td { padding-inline: .35rem; }
    }

    """#
}
