#!/usr/bin/env bash
# Builds the page, from web/ into src/parley/api/floor/, with the locked npm packages, each checked against its hash.
# `make setup` and `make web` run it when something in web/ changed. Needs Node 20.19 or later, and npm.
# With --if-node it succeeds without Node too, and says what there is not until Node is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$@" >&2; }

fits() {
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1 || ! fits; then
  say "the page needs Node 20.19 or later, and npm; $(node --version 2>/dev/null || echo 'no Node') was found." \
    "Install it (Debian, Ubuntu: apt-get install nodejs npm; elsewhere your system's package, or the archive of nodejs.org" \
    "unpacked and its bin/ put on PATH) and run make again." \
    "Until then there is no watch floor: nodes run, and serve their API and the read-only page of the record."
  [ "${1:-}" = --if-node ] && exit 0
  exit 1
fi

cd web
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  packages=$(grep -c '"integrity"' package-lock.json)
  echo "setup: installing $packages locked npm packages for the page, each checked against its hash (half a minute the first time)"
  npm ci --include=dev --no-fund --no-audit --loglevel=error || {
    say "the npm packages could not be installed; the lines above say why." \
      "Without a network, point npm at a mirror (npm config set registry <address>) or fill its cache and run: npm_config_offline=true make setup"
    exit 1
  }
  cp package-lock.json node_modules/.installed-lock
fi
echo "setup: building the page into src/parley/api/floor/"
npm run --silent build -- --logLevel warn
echo "setup: unpacking the fonts of printed sheets into src/parley/node/sheets/fonts/"
(cd .. && .venv/bin/python -m tools.fonts)
mkdir -p ../.venv
touch ../.venv/.floor
echo "setup: the page is built ($(du -sk ../src/parley/api/floor | cut -f1) KiB) in $SECONDS s"
