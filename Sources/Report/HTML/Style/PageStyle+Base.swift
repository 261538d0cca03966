extension PageStyle {
  /// The document and what is used all over it.
  static let base = #"""
    *, *::before, *::after { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body {
      margin: 0;
      min-height: 100vh;
      background: var(--ground) radial-gradient(60rem 34rem at 12% -8rem, var(--glow), transparent 70%) no-repeat;
      color: var(--text);
      font: 400 .9375rem/1.55 var(--sans);
      -webkit-font-smoothing: antialiased;
      overflow-wrap: anywhere;
    }
    h1, h2, h3, p, ul, ol, dl, dd, pre, figure, table { margin: 0; padding: 0; }
    h1, h2, h3 { font-weight: 650; letter-spacing: -.012em; line-height: 1.25; }
    h1 { font-size: 1.375rem; }
    h2 { font-size: 1.0625rem; }
    h3 { font-size: .9375rem; }
    ul, ol { list-style: none; }
    a { color: inherit; text-decoration-color: var(--accent); text-underline-offset: .22em; }
    button, input, select { font: inherit; color: inherit; }
    code, pre, .figure { font-family: var(--mono); font-variant-numeric: tabular-nums; }
    code, pre { font-size: .8438rem; }
    .soft { color: var(--soft); }
    .small { font-size: .8125rem; }
    .bad { color: var(--bad-text); }
    .nowrap { white-space: nowrap; }
    .hidden-text {
      position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap;
    }
    [hidden], html:not(.scripted) .scripted-only, html.scripted .unscripted-only { display: none !important; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
    [data-theme="light"] :focus-visible { outline-color: #8a6700; }
    .skip { position: absolute; left: 1rem; top: -4rem; z-index: 9; padding: .5rem 1rem; border-radius: 10px;
      background: var(--accent); color: var(--on-accent); }
    .skip:focus { top: 1rem; }
    .button {
      display: inline-flex; align-items: center; gap: .45rem; min-height: 2.25rem; padding: .3rem .85rem;
      border: 1px solid var(--line); border-radius: 999px; background: transparent; cursor: pointer;
      font-size: .8438rem; white-space: nowrap; transition: background .15s, border-color .15s;
    }
    .button:hover:not(:disabled) { background: var(--hover); border-color: var(--soft); }
    .button:disabled { opacity: .4; cursor: default; }
    .command { display: flex; align-items: stretch; gap: .5rem; }
    .command pre {
      flex: 1; min-width: 0; padding: .55rem .8rem; border-radius: 10px; background: var(--hover);
      white-space: pre-wrap; overflow-x: auto; scrollbar-width: thin; border: 1px solid var(--line);
    }
    .word { white-space: nowrap; }
    .command .button { border-radius: 10px; }
    @media (prefers-reduced-motion: reduce) {
      *, *::before, *::after { transition: none !important; animation: none !important; }
    }

    """#
}
