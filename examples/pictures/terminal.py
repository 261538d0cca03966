"""What a program shows on a terminal: runs it on a pseudo-terminal and keeps the screen, as HTML."""

import fcntl
import html
import os
import pty
import re
import select
import struct
import termios

COLORS = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow"}
STYLE = """
body { margin: 0; padding: 22px; width: max-content; background: #0b0d11; }
main { padding: 14px 20px 18px; border-radius: 14px; background: #14171d; border: 1px solid #262b34; }
main::before { content: ""; display: block; height: 11px; width: 54px; margin-bottom: 12px;
  background: radial-gradient(circle, #3a414d 5px, transparent 5.5px) 0 0 / 18px 11px; }
pre { margin: 0; color: #d7dbe2; font: 14px/1.45 "JetBrains Mono", "DejaVu Sans Mono", monospace; }
.bold { font-weight: 700 } .dim { color: #8b93a1 } .red { color: #ff9b9b } .green { color: #9fd8a8 }
.yellow, .prompt { color: #facc15 }
"""


class Screen:
    """Lines of (character, style). Knows what our programs send: text, cursor up, clearing, colours."""

    def __init__(self, columns):
        self.columns = columns
        self.lines = [[]]
        self.row = self.column = 0
        self.style = ""
        self.rest = ""

    def feed(self, data):
        text = self.rest + data
        self.rest = ""
        at = 0
        while at < len(text):
            if text[at] == "\x1b":
                match = re.compile(r"\x1b\[([\d;]*)([A-Za-z])").match(text, at)
                if not match:
                    self.rest = text[at:]
                    return
                self.control(match[1], match[2])
                at = match.end()
                continue
            self.put(text[at])
            at += 1

    def put(self, character):
        if character == "\n":
            self.row += 1
            while self.row >= len(self.lines):
                self.lines.append([])
        elif character == "\r":
            self.column = 0
        else:
            if self.column == self.columns:
                self.column = 0
                self.put("\n")
            line = self.lines[self.row]
            line.extend([(" ", "")] * (self.column + 1 - len(line)))
            line[self.column] = (character, self.style)
            self.column += 1

    def control(self, numbers, letter):
        if letter == "A":
            self.row = max(0, self.row - int(numbers or 1))
        elif letter == "K":
            del self.lines[self.row][self.column:]
        elif letter == "J":
            del self.lines[self.row][self.column:]
            del self.lines[self.row + 1:]
        elif letter == "m":
            self.style = COLORS.get(numbers, "")

    def text(self):
        return "\n".join("".join(character for character, _ in line).rstrip() for line in self.lines)

    def html(self, first=0):
        out = []
        for line in self.lines[first:]:
            for character, style in line:
                shown = html.escape(character)
                out.append(f'<span class="{style}">{shown}</span>' if style else shown)
            out.append("\n")
        return "".join(out).rstrip("\n")


def record(command, folder, columns=104, rows=40):
    """Yields the screen after each piece that the program writes; the same object each time."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ["TERM"] = "xterm-256color"
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    screen = Screen(columns)
    while True:
        select.select([terminal], [], [])
        try:
            data = os.read(terminal, 1 << 16)
        except OSError:
            break
        if not data:
            break
        screen.feed(data.decode(errors="replace"))
        yield screen
    os.waitpid(child, 0)


def document(typed, body):
    """A page with the command that was typed and what it showed."""
    prompt = f'<span class="prompt">$</span> <span class="bold">{html.escape(typed)}</span>\n' if typed else ""
    return (f"<!DOCTYPE html><meta charset=utf-8><style>{STYLE}</style><main><pre>{prompt}{body}</pre></main>")
