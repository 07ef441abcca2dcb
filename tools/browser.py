"""A Chromium for the browser tests, with nothing installed by hand. `python -m tools.browser` prints its path.

In this order, the first that is there:

1. `$PARLEY_BROWSER`, the path of an executable;
2. a Chromium or Chrome on the `PATH`;
3. the one that the npm package `@sparticuz/chromium` carries inside (Linux on x86-64; `npm ci` in `web/` brings it): it
   is unpacked once, into `web/node_modules/.cache/`, with the libraries that come with it. Needs no root;
4. Debian's package, where this is root on a machine with apt: told before it is done.

Nothing is downloaded but by npm or apt, and no browser of a user is touched: every test starts one of its own.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CARRIED = ROOT / "web" / "node_modules" / "@sparticuz" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARCHIVES = ("al2023.tar.br", "swiftshader.tar.br", "fonts.tar.br")

# Reads brotli on its standard input: Python has none, and Node is there where the package is.
_UNPACK = "process.stdin.pipe(require('node:zlib').createBrotliDecompress()).pipe(process.stdout)"


@dataclass(frozen=True, slots=True)
class Browser:
    """An executable and what its environment needs besides."""

    path: str
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def arguments(self) -> list[str]:
        """What it is started with: root has no sandbox to enter, and containers have little shared memory."""
        return ["--no-sandbox", "--disable-dev-shm-usage"] if _is_root() else ["--disable-dev-shm-usage"]


def find(*, install: bool = True) -> Browser | None:
    """The first browser that is there, or None; `install` allows what takes root."""
    named = os.environ.get("PARLEY_BROWSER")
    if named:
        return Browser(named)
    on_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if on_path:
        return Browser(on_path)
    return _carried() or (_from_debian() if install else None)


def _carried() -> Browser | None:
    """The one inside the npm package, unpacked."""
    node = shutil.which("node")
    if node is None or not CARRIED.is_dir() or (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    version = json.loads((CARRIED / "package.json").read_text("utf-8"))["version"]
    home = CARRIED.parent.parent / ".cache" / f"chromium-{version}"
    if not home.is_dir():
        _unpack(node, home)
    return Browser(str(home / "chromium"), {"LD_LIBRARY_PATH": f"{home / 'lib'}:{home}"})


def _unpack(node: str, home: Path) -> None:
    """Unpack beside `home`, then move it there whole, so that an interrupted one is not taken for a browser."""
    making = home.with_name(f"{home.name}.{os.getpid()}")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    _decompress(node, CARRIED / "bin" / "chromium.br", making / "chromium")
    (making / "chromium").chmod(0o755)
    for name in ARCHIVES:
        archive = making / name.removesuffix(".br")
        _decompress(node, CARRIED / "bin" / name, archive)
        with tarfile.open(archive) as tar:
            if hasattr(tarfile, "data_filter"):  # not in the first releases of Python 3.11
                tar.extraction_filter = tarfile.data_filter
            tar.extractall(making)
        archive.unlink()
    try:
        making.rename(home)
    except OSError:  # another process was first
        shutil.rmtree(making, ignore_errors=True)


def _decompress(node: str, source: Path, target: Path) -> None:
    with source.open("rb") as compressed, target.open("wb") as plain:
        subprocess.run([node, "-e", _UNPACK], stdin=compressed, stdout=plain, check=True)


def _from_debian() -> Browser | None:
    """Debian's package, where it can be installed."""
    if not _is_root() or shutil.which("apt-get") is None:
        return None
    print("browser: none is here; installing Debian's chromium with apt-get", file=sys.stderr)
    quiet = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.STDOUT,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
        if subprocess.run(command, check=False, **quiet).returncode != 0:  # type: ignore[call-overload]
            return None
    found = shutil.which("chromium")
    return Browser(found) if found else None


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main() -> int:
    """Print the path, or say what to do."""
    browser = find()
    if browser is None:
        print(
            "browser: no Chromium was found. Install one (Debian, Ubuntu: apt-get install chromium), or name its",
            file=sys.stderr,
        )
        print("executable: PARLEY_BROWSER=<path>", file=sys.stderr)
        return 1
    print(browser.path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
