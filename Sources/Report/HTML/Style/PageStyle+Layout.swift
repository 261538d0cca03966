extension PageStyle {
  /// The page's frame: heading, main column, notices.
  static let layout = #"""
    .page { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
    .top { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1rem; margin-bottom: 1.25rem; }
    .brand { display: flex; align-items: center; gap: .7rem; flex: 1 1 20rem; min-width: 0; }
    .brand svg { flex: none; }
    .brand p { color: var(--soft); font-size: .8438rem; }
    .tools { display: flex; flex-wrap: wrap; gap: .5rem; }
    .pill {
      display: inline-flex; align-items: center; gap: .45rem; padding: .1rem .65rem; border-radius: 999px;
      border: 1px solid var(--line); font-size: .8125rem; white-space: nowrap;
    }
    .pill.is-good { border-color: transparent; background: var(--tint); color: var(--accent-text); }
    .pill.is-bad { border-color: transparent; background: var(--bad-tint); color: var(--bad-text); }
    .pill .dot { width: .5rem; height: .5rem; border-radius: 50%; background: currentColor; }
    .is-live .dot { animation: breathe 2.4s ease-in-out infinite; }
    @keyframes breathe { 50% { opacity: .25; } }
    main { display: grid; gap: 1.1rem; grid-template-columns: minmax(0, 1fr); }
    .notice { padding: .75rem 1rem; border-radius: 14px; background: var(--tint); border: 1px solid var(--line); }
    footer { margin-top: 2rem; color: var(--soft); font-size: .8125rem; }
    footer p + p { margin-top: .25rem; }
    .shares { display: flex; flex-wrap: wrap; gap: 1.1rem; }
    .shares > * { flex: 1 1 auto; max-width: 100%; }
    @media (max-width: 40rem) {
      .page { padding: 1rem .75rem 3rem; }
      main, .shares { gap: .8rem; }
    }

    """#
}
