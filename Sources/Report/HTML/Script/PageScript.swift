/// The page's one script. Its parts share one scope and run in this order.
///
/// It builds elements and sets text, and never makes markup out of text (the page's policy forbids it).
enum PageScript {
  static let text =
    "\"use strict\";\n(() => {\n"
    + [tools, words, decoding, state, theme, calendar, chart, lanes, lanesDrawing, table, details, start]
    .joined(separator: "\n") + "})();\n"

  /// Runs before anything is painted: the theme that was chosen last, and that scripts work.
  static let early = #"""
    (() => {
      const root = document.documentElement;
      root.classList.add("scripted");
      try {
        if (localStorage.getItem("mission-control-theme") === "light") root.dataset.theme = "light";
      } catch {}
    })();

    """#
}
