#!/usr/bin/env bash
# Makes the fonts of the page anew from their packages of PyPI: the weights and characters that the page uses, as WOFF2.
#
#   Sources/ReportPage/Fonts/subset.sh
#
# Both fonts are under the SIL Open Font License; it lies beside them.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install fontpkg-plus-jakarta-sans==2.71 fontpkg-jetbrains-mono==2.211 fonttools==4.68.0 brotli
packages=$(echo "$work"/venv/lib/python3*/site-packages)
characters=U+0020-007E,U+00A0-00FF,U+2010-2015,U+2018-201E,U+2022,U+2026,U+2030,U+20AC,U+2190-2193,U+2195,U+2211
characters+=,U+2212,U+25CF,U+25D0,U+2713,U+2717
subset() {
  "$work/venv/bin/fonttools" varLib.instancer -q "$packages/$1/files/$2[wght].ttf" wght=400:700 -o "$work/$2.ttf"
  "$work/venv/bin/pyftsubset" "$work/$2.ttf" --unicodes="$characters" --flavor=woff2 --no-hinting \
    --layout-features="$3" --output-file="$2.woff2"
  cp "$packages/$1/LICENSE" "$2-OFL.txt"
}
subset fontpkg_plus_jakarta_sans PlusJakartaSans kern,ccmp,locl,mark,mkmk,tnum
subset fontpkg_jetbrains_mono JetBrainsMono ccmp,locl,mark,mkmk,zero
