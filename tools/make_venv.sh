#!/bin/sh
# Make .venv, or bring it up to date: a virtual environment with what the given requirements files ask for.
# Usage: tools/make_venv.sh PURPOSE REQUIREMENTS...   (PURPOSE as for system_libraries.py)
set -eu
python=${PYTHON3:-python3}
purpose=$1
shift

if ! command -v "$python" >/dev/null 2>&1; then
    sh tools/install_packages.sh "Python is missing" python3 python3-venv
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "MiniFlow Studio needs Python 3.11 or newer, and $python is $("$python" -V): name another, as in make PYTHON3=python3.12" >&2
    exit 1
fi
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        sh tools/install_packages.sh "Python cannot make virtual environments yet" \
            python3-venv $("$python" tools/system_libraries.py --packages "$purpose")
    fi
    "$python" -m venv --clear .venv
fi

echo "Installing $* into .venv (the first time this takes a minute and about 500 MB)"
for file in "$@"; do set -- "$@" -r "$file"; shift; done
.venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"
