extension PageStyle {
  /// One mission whole, in a dialog at the side.
  static let details = #"""
    dialog {
      width: min(46rem, 100vw); max-width: 100vw; height: 100dvh; max-height: 100dvh; margin: 0 0 0 auto; padding: 0;
      border: 0; border-left: 1px solid var(--line); background: var(--raised); color: var(--text);
      box-shadow: var(--shadow);
    }
    dialog::backdrop { background: rgba(5, 6, 9, .55); }
    .sheet { padding: 1.25rem 1.4rem 2.5rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
    .sheet > header { display: flex; gap: 1rem; align-items: start; justify-content: space-between; }
    .sheet h2:focus { outline: none; }
    .fields dt::first-letter { text-transform: uppercase; }
    .sheet h2 { font-family: var(--mono); font-size: 1.125rem; }
    .fields { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1.1rem; font-size: .8438rem; }
    .fields dt { color: var(--soft); }
    .fields dd { font-family: var(--mono); font-size: .8125rem; }
    .steps { display: flex; flex-wrap: wrap; gap: .5rem; }
    .steps li { flex: 1 1 5.6rem; padding: .6rem .8rem; border-radius: 12px; border: 1px solid var(--line); }
    .steps .figure { display: block; font-size: .8125rem; color: var(--soft); }
    .steps .failed { border-color: var(--bad); background: var(--bad-tint); }
    .steps .running { border-color: var(--accent); }
    .events { border-left: 1px solid var(--line); margin-left: .35rem; display: grid; gap: .7rem; }
    .events li { position: relative; padding-left: 1.1rem; }
    .events li::before { content: ""; position: absolute; left: -4.5px; top: .5em; width: 8px; height: 8px;
      border-radius: 50%; background: var(--done-4); }
    .events .is-failed::before { background: var(--bad); }
    .events .is-retry::before { background: var(--accent); }
    .events .kind { font-family: var(--mono); font-size: .8125rem; font-weight: 600; }
    .events .is-failed .kind { color: var(--bad-text); }
    .events time { float: right; margin-left: .75rem; color: var(--soft); font: 400 .7813rem/1.9 var(--mono); }
    .events .with { color: var(--soft); font-size: .8125rem; }
    .events .with code { color: var(--text); font-size: .7813rem; }
    .events .attempt { margin: .3rem 0 0; font-size: .8125rem; font-weight: 600; color: var(--soft); }
    .events .attempt::before { display: none; }

    """#
}
