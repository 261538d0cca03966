extension PageStyle {
  /// Cards and what stands in them: totals, shares, failures, commands.
  static let cards = #"""
    .card {
      padding: 1.15rem 1.25rem 1.25rem; border-radius: 18px; background: var(--card);
      border: 1px solid var(--card-line); min-width: 0;
    }
    @supports (backdrop-filter: blur(1px)) { .card { backdrop-filter: blur(14px); } }
    .card > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .9rem; margin-bottom: .9rem; }
    .card > header h2 { margin-right: auto; }
    .totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.3rem, 1fr)); gap: 1.1rem 1rem; }
    .totals dt::first-letter, .plain thead th:not(.figure)::first-letter, .failure dt::first-letter { text-transform: uppercase; }
    .totals dt { color: var(--soft); font-size: .8125rem; }
    .totals dd { font: 500 1.5rem/1.3 var(--mono); font-variant-numeric: tabular-nums; letter-spacing: -.03em; }
    .totals .is-zero dd { color: var(--soft); font-weight: 400; }
    .totals .is-failed dd { color: var(--bad-text); }
    .bar { display: flex; gap: 3px; height: .5rem; margin-top: 1.2rem; }
    .bar svg { width: 100%; height: 100%; display: block; border-radius: 999px; }
    .bar .is-done { fill: var(--accent); }
    .bar .is-failed { fill: var(--bad); }
    .bar .is-cancelled { fill: var(--done-3); }
    .bar .is-left { fill: var(--done-1); }
    .next { display: grid; grid-template-columns: minmax(0, 1fr); gap: .9rem; }
    .next li > p { margin-bottom: .35rem; }
    .plain { width: 100%; border-collapse: collapse; font-size: .875rem; }
    .plain th, .plain td { padding: .42rem .5rem; text-align: right; border-top: 1px solid var(--line);
      white-space: nowrap; }
    .plain thead th { border-top: 0; padding-top: 0; }
    .plain th:first-child, .plain td:first-child { text-align: left; padding-left: 0; font-size: .8438rem; }
    .plain tbody th { overflow-wrap: normal; }
    .plain th:last-child, .plain td:last-child { padding-right: 0; }
    .plain thead th { color: var(--soft); font-weight: 500; font-size: .8125rem; }
    .plain tbody th { font-weight: 500; }
    .plain td { font-family: var(--mono); font-size: .8125rem; }
    .scroll { overflow-x: auto; }
    .failures { display: grid; gap: .9rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
    .failure { padding: 1rem 1.1rem; border-radius: 14px; border: 1px solid var(--line); display: grid; gap: .75rem;
      grid-template-columns: minmax(0, 1fr);
      align-content: start; }
    @media (min-width: 62rem) { .failure:last-child:nth-child(odd):not(:only-child) { grid-column: 1 / -1; } }
    .failure header { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: baseline; }
    .failure header .figure { color: var(--bad-text); font-weight: 600; }
    .failure header .count { margin-left: auto; }
    .failure .message { padding-left: .75rem; border-left: 2px solid var(--bad); font-family: var(--mono);
      font-size: .8125rem; }
    .failure dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem .9rem;
      font-size: .8438rem; }
    .failure dt { color: var(--soft); }
    .chips { display: flex; flex-wrap: wrap; gap: .3rem; }
    .chips li { padding: 0 .5rem; border-radius: 7px; background: var(--hover); font-family: var(--mono);
      font-size: .7813rem; }
    .chips button { all: unset; cursor: pointer; }
    .chips button:hover { text-decoration: underline; text-decoration-color: var(--accent); }
    .chips button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

    """#
}
