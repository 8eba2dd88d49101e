"""Sees to it that the system has the libraries and programs that Qt needs, installing them where that is allowed.

Usage: ``python tools/system_libraries.py PURPOSE``; the purposes are ``offscreen`` (no screen at all), ``screen``
(a window under X) and ``xvfb`` (tests in a window on a screen of their own). Quiet where nothing is missing.
With ``--packages`` before the purpose, it only prints the names of the Debian packages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

OFFSCREEN = ["libglib2.0-0", "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"]
SCREEN = ["libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0"]
PACKAGES = {
    "offscreen": OFFSCREEN,
    "screen": OFFSCREEN + SCREEN,
    "xvfb": [*OFFSCREEN, *SCREEN, "xvfb", "xauth", "xdotool"],
}
PLUGINS = {"offscreen": "libqoffscreen.so", "screen": "libqxcb.so", "xvfb": "libqxcb.so"}
PROGRAMS = {"offscreen": [], "screen": [], "xvfb": ["Xvfb", "xauth", "xdotool"]}


def missing(purpose: str) -> list[str]:
    """The names of the shared libraries and programs that the system lacks for ``purpose``."""
    if sys.platform != "linux":
        return []
    programs = [program for program in PROGRAMS[purpose] if shutil.which(program) is None]
    return programs + missing_libraries(purpose)


def missing_libraries(purpose: str) -> list[str]:
    """The names of the shared libraries that Qt's modules and its plugin for ``purpose`` ask for in vain."""
    package = find_spec("PySide6")
    if package is None or package.origin is None or shutil.which("ldd") is None:
        return []
    folder = Path(package.origin).parent
    modules = [folder / f"Qt{name}.abi3.so" for name in ("Widgets", "Svg", "PrintSupport", "OpenGLWidgets", "Test")]
    files = [*modules, folder / "Qt/plugins/platforms" / PLUGINS[purpose]]
    listing = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True, check=False).stdout
    return sorted({line.split()[0] for line in listing.splitlines() if line.endswith("=> not found")})


def provide(purpose: str) -> bool:
    """Install what is missing for ``purpose``, where something is and where it is allowed; True if all is there."""
    lacking = missing(purpose)
    if not lacking:
        return True
    reason = f"The system lacks {', '.join(lacking)}"
    script = ["sh", str(ROOT / "tools/install_packages.sh"), reason, *PACKAGES[purpose]]
    return subprocess.run(script, check=False).returncode == 0


def main(purpose: str) -> int:
    """Provide for ``purpose``; status 0 if the work can go on, which tests do without a screen of their own."""
    if provide(purpose):
        return 0
    if purpose == "xvfb" and not missing("offscreen"):
        print("Going on without: the tests in a real window are skipped.", file=sys.stderr)
        return 0
    return 1


if __name__ == "__main__":
    if sys.argv[1] == "--packages":
        print(*PACKAGES[sys.argv[2]])
    else:
        sys.exit(main(sys.argv[1]))
