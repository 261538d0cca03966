#!/usr/bin/env python3
"""What zsh offers for a command line: types it in a pseudo-terminal, presses the key that lists, prints a line each.

    zsh-completions.py FOLDER LINE     FOLDER/functions holds the completion
"""
import os
import pty
import re
import select
import sys
import time

folder, line = sys.argv[1:]
setup = f"""
PROMPT='ready>'
fpath=({folder}/functions $fpath)
autoload -Uz compinit && compinit -u -D
zstyle ':completion:*' list-prompt ''
zstyle ':completion:*' list-grouped false
LISTMAX=10000
unsetopt LIST_BEEP LIST_AMBIGUOUS
# Prints what would be offered instead of offering it.
offered() {{
  compadd() {{
    local -a kept; local option
    for option in "$@"; do [[ $option == -[ODA] ]] && {{ builtin compadd "$@"; return }}; done
    builtin compadd -O kept "$@"
    builtin compadd "$@"
    print -l -- "${{kept[@]}}" >>{folder}/offered
  }}
  _main_complete
}}
zle -C offered list-choices offered
bindkey '^T' offered
"""
with open(f"{folder}/.zshrc", "w") as file:
    file.write(setup)
if os.path.exists(f"{folder}/offered"):
    os.remove(f"{folder}/offered")
child, terminal = pty.fork()
if child == 0:
    os.chdir(folder)
    os.environ.update(ZDOTDIR=folder, HOME=folder, TERM="dumb")
    os.execvp("zsh", ["zsh", "-d", "-i"])


def wait_for(text, seconds=60):
    """Reads until the terminal has shown `text`."""
    shown = ""
    end = time.monotonic() + seconds
    while text not in shown:
        if time.monotonic() > end or not select.select([terminal], [], [], 1)[0] and time.monotonic() > end:
            sys.exit(f"zsh did not show {text!r}: {shown!r}")
        if select.select([terminal], [], [], 0)[0]:
            try:
                shown += os.read(terminal, 4096).decode(errors="replace")
            except OSError:
                sys.exit(f"zsh ended: {shown!r}")


wait_for("ready>")
os.write(terminal, (line + "\x14").encode())
end = time.monotonic() + 20
last = None
while time.monotonic() < end:
    # Done when the file has stood still for a while.
    if select.select([terminal], [], [], 0.3)[0]:
        try:
            os.read(terminal, 4096)
        except OSError:
            break
        continue
    now = os.path.getsize(f"{folder}/offered") if os.path.exists(f"{folder}/offered") else None
    if now is not None and now == last:
        break
    last = now
os.write(terminal, b"\x03\x04")
os.close(terminal)
os.waitpid(child, 0)
if os.path.exists(f"{folder}/offered"):
    with open(f"{folder}/offered") as file:
        for word in file:
            print(re.sub(r"=$", "", word.rstrip("\n")))
