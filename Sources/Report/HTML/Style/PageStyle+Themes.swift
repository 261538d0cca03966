extension PageStyle {
  /// Colours and fonts. Yellow is the only accent; red is for what failed and nothing else. Text has a
  /// contrast of at least 4.5 to 1 on every surface of its theme (WCAG AA).
  static let themes = #"""
    :root {
      color-scheme: dark;
      --ground: #0b0d11;
      --glow: rgba(250, 204, 21, .055);
      --card: rgba(255, 255, 255, .038);
      --card-line: rgba(255, 255, 255, .075);
      --raised: #15181e;
      --line: rgba(255, 255, 255, .09);
      --text: #eceef2;
      --soft: #a6acb8;
      --accent: #facc15;
      --accent-text: #facc15;
      --on-accent: #1d1700;
      --tint: rgba(250, 204, 21, .1);
      --bad: #f26d6d;
      --bad-text: #ff9b9b;
      --bad-tint: rgba(242, 109, 109, .12);
      --done-1: #2b3340;
      --done-2: #3d4a5d;
      --done-3: #566983;
      --done-4: #7d93b0;
      --job: #6f86a6;
      --session: #39424f;
      --load: #cdd7e5;
      --hover: rgba(255, 255, 255, .05);
      --shadow: 0 18px 60px rgba(0, 0, 0, .55);
      --sans: "Plus Jakarta Sans", ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto,
        "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
      --mono: "JetBrains Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono",
        "Liberation Mono", monospace;
    }
    [data-theme="light"] {
      color-scheme: light;
      --ground: #f5f4f0;
      --glow: rgba(250, 204, 21, .2);
      --card: rgba(255, 255, 255, .72);
      --card-line: rgba(24, 26, 32, .08);
      --raised: #ffffff;
      --line: rgba(24, 26, 32, .12);
      --text: #191b20;
      --soft: #595e69;
      --accent-text: #725500;
      --tint: rgba(250, 204, 21, .22);
      --bad: #d64545;
      --bad-text: #b02a2a;
      --bad-tint: rgba(214, 69, 69, .1);
      --done-1: #d3dae4;
      --done-2: #b1bece;
      --done-3: #8799b0;
      --done-4: #5d7390;
      --job: #7f94b1;
      --session: #cfd6e0;
      --load: #33415a;
      --hover: rgba(24, 26, 32, .045);
      --shadow: 0 18px 50px rgba(40, 36, 20, .18);
    }

    """#
}
