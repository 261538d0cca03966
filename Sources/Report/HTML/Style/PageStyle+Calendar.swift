extension PageStyle {
  /// The calendar. A day is told by colour and by a mark, so that colour is never needed.
  static let calendar = #"""
    .legend { display: flex; flex-wrap: wrap; gap: .3rem 1rem; color: var(--soft); font-size: .8125rem; }
    .calendar-legend, .lane-keys { margin-top: 1.1rem; }
    .lane-keys + p { margin-top: .35rem; }
    .legend li { display: flex; align-items: center; gap: .4rem; }
    .year + .year { margin-top: 1.4rem; }
    .year > h3 { margin-bottom: .6rem; font-family: var(--mono); }
    .months { display: grid; gap: 1.1rem 1.25rem; grid-template-columns: repeat(auto-fill, minmax(9.3rem, 1fr)); }
    .month h4 { margin: 0 0 .35rem; font-size: .8125rem; font-weight: 500; color: var(--soft); }
    .days { display: grid; grid-template-columns: repeat(7, 1fr); gap: 3px; }
    .day {
      position: relative; aspect-ratio: 1; min-width: 0; padding: 0; border: 0; border-radius: 5px; display: block;
      background: transparent; font: 500 .625rem/1 var(--mono); color: transparent;
    }
    button.day { cursor: pointer; }
    .legend .day { width: .9rem; height: .9rem; }
    .day.is-gap { border: 1px dashed var(--line); border-color: color-mix(in srgb, var(--soft) 55%, transparent); }
    .day.is-empty { background: var(--done-1); }
    .day.is-empty::after { content: ""; position: absolute; inset: 38%; border-radius: 50%; background: var(--done-4); }
    .day.ads-1 { background: var(--done-1); }
    .day.ads-2 { background: var(--done-2); }
    .day.ads-3 { background: var(--done-3); }
    .day.ads-4 { background: var(--done-4); }
    .day.is-failed { background: var(--bad); }
    .day.is-failed::after, .day.is-cancelled::after {
      content: "×"; position: absolute; inset: 0; display: grid; place-items: center; color: #2a0606;
      font: 700 .8rem/1 var(--mono);
    }
    [data-theme="light"] .day.is-failed::after { color: #fff; }
    .day.is-running { background: var(--accent); }
    .day.is-left { border: 1.5px solid var(--done-4); }
    .day.is-cancelled { background: var(--hover); border: 1px solid var(--line); }
    .day.is-cancelled::after { color: var(--soft); }
    .day.is-other { opacity: .42; }
    button.day:hover { outline: 2px solid var(--text); outline-offset: 1px; }
    button.day:focus-visible, button.day[aria-pressed="true"] { outline: 2px solid var(--accent);
      outline-offset: 2px; border-radius: 5px; }
    .tip {
      position: fixed; z-index: 5; max-width: 20rem; padding: .5rem .75rem; border-radius: 12px;
      background: var(--raised); border: 1px solid var(--line); box-shadow: var(--shadow); font-size: .8125rem;
      pointer-events: none; left: 0; top: 0;
    }
    .tip strong { display: block; font-family: var(--mono); font-weight: 600; }
    @media (max-width: 40rem) { .months { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem .9rem; } }

    """#
}
