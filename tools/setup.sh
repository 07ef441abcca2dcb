#!/usr/bin/env bash
# Makes .venv from the locked packages, each checked against its hash. `make setup` runs it when something changed.
# Needs Python 3.11 or later ($PYTHON, or the first that fits). Safe to run again, and after being interrupted.
set -euo pipefail
cd "$(dirname "$0")/.."

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

fail() {
  printf 'setup: %s\n' "$@" >&2
  exit 1
}

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
    if command -v "$candidate" >/dev/null 2>&1 && fits "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  fail "${PYTHON:-Python 3.11 or later} was not found, or is too old." \
    "Install Python 3.11 or later (Debian, Ubuntu: apt-get install python3 python3-venv) and run make again," \
    "or name it: make setup PYTHON=/path/to/python3"
}

if ! fits .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=$(find_python)
  echo "setup: making .venv with $("$python" --version)"
  rm -rf .venv
  if ! "$python" -m venv .venv; then
    rm -rf .venv
    fail "$python cannot make a virtual environment." "Install its venv module (Debian, Ubuntu: apt-get install python3-venv) and run make again."
  fi
fi

packages=$(grep -c '==' requirements-dev.lock)
echo "setup: installing $packages locked packages, each checked against its hash (a minute or so the first time)"
pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input -qq)
"${pip[@]}" install --require-hashes --requirement requirements-dev.lock ||
  fail "the packages could not be installed; the lines above say why." "Without a network, point pip at a folder of wheels: PIP_NO_INDEX=1 PIP_FIND_LINKS=<folder> make setup"
echo "setup: installing parley itself, from src/"
"${pip[@]}" install --no-deps --no-build-isolation --editable .
touch .venv/.installed
echo "setup: done in $SECONDS s"
