#!/usr/bin/env bash
# Makes .venv from the locked packages, each checked against its hash. `make setup` runs it when something changed.
# Needs Python 3.11 or later: $PYTHON, or the first on PATH that fits, unless another there is clearly quicker (one built
# without optimization takes half as long again for everything). Safe to run again, and after being interrupted.
set -euo pipefail
cd "$(dirname "$0")/.."

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

fail() {
  printf 'setup: %s\n' "$@" >&2
  exit 1
}

# How long some ordinary Python takes, in tenths of a microsecond, and where the interpreter is.
measure() {
  "$1" -c '
import sys, timeit, ensurepip, venv
def work():
    rows = {at: (at, str(at)) for at in range(300)}
    return sum(len(text) for _, text in rows.values())
print(int(min(timeit.repeat(work, number=20, repeat=9)) * 5e5), sys.executable)' 2>/dev/null
}

find_python() {
  local candidate path time chosen="" best=0 seen=" "
  local candidates=(python3 python3.14 python3.13 python3.12 python3.11)
  [ -z "${PYTHON:-}" ] || candidates=("$PYTHON")
  while read -r candidate; do
    fits "$candidate" || continue
    [ -n "$chosen" ] || chosen=$candidate
    read -r time path < <(measure "$candidate") || continue
    case $seen in *" $path "*) continue ;; esac
    seen="$seen$path "
    if [ "$best" -eq 0 ] || [ $((time * 10)) -lt $((best * 9)) ]; then
      chosen=$candidate best=$time
    fi
  done < <(type -ap "${candidates[@]}")
  [ -n "$chosen" ] || fail "${PYTHON:-Python 3.11 or later} was not found, or is too old." \
    "Install Python 3.11 or later (Debian, Ubuntu: apt-get install python3 python3-venv) and run make again," \
    "or name it: make setup PYTHON=/path/to/python3"
  echo "$chosen"
}

if ! fits .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=$(find_python)
  echo "setup: making .venv with $("$python" --version) ($python)"
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
