extension PageStyle {
  /// On paper: black on white, whatever the screen shows, and without what can only be clicked.
  static let print = #"""
    @media print {
      :root, [data-theme="light"], [data-theme="dark"] {
        color-scheme: light; --ground: #fff; --card: #fff; --card-line: #ccc; --raised: #fff; --line: #ccc;
        --text: #000; --soft: #444; --accent-text: #000; --bad: #c33; --bad-text: #a11; --glow: transparent;
        --done-1: #e2e6ec; --done-2: #bcc6d3; --done-3: #8f9fb4; --done-4: #5d7390; --job: #8b9cb5;
        --session: #d5dae2; --load: #333; --hover: #f6f6f6;
      }
      body { background: #fff; font-size: 10pt; }
      .page { max-width: none; padding: 0; }
      .card { break-inside: avoid; backdrop-filter: none; }
      .card.missions-card { break-inside: auto; }
      .tools, .filters, .pages, .zoom, .command .button, .tip, .skip { display: none !important; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """#
}
