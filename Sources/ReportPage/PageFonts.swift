import Crypto

/// The page's fonts as rules of a style sheet: subsets with the characters that the page itself uses, of 31 kB together.
/// What they lack, and a browser that loads no fonts, is shown in the system's.
///
/// Both are under the SIL Open Font License, which lies beside the files; `Fonts/subset.sh` makes them.
enum PageFonts {
  static let text = """
    /* Plus Jakarta Sans: Copyright 2020 The Plus Jakarta Sans Project Authors. JetBrains Mono: Copyright 2020 The
       JetBrains Mono Project Authors. SIL Open Font License 1.1, https://openfontlicense.org */
    \(rule("Plus Jakarta Sans", PackageResources.PlusJakartaSans_woff2))
    \(rule("JetBrains Mono", PackageResources.JetBrainsMono_woff2))
    """

  private static func rule(_ name: String, _ bytes: [UInt8]) -> String {
    "@font-face { font-family: \"\(name)\"; font-weight: 400 700; font-display: swap; "
      + "src: url(data:font/woff2;base64,\(Base64.text(bytes))) format(\"woff2\"); }"
  }
}
