#!/bin/sh
# Install Debian packages where that is allowed (root, or sudo without a password); else name the line that does it.
# Usage: tools/install_packages.sh "what needs them" PACKAGE...
set -u
reason=$1
shift
command="apt-get install -y --no-install-recommends $*"

if ! command -v apt-get >/dev/null 2>&1; then
    echo "$reason. On Debian these are: $*. Install what your system calls them, then try again." >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    printf '%s. Run this line, then try again:\n  sudo %s\n' "$reason" "$command" >&2
    exit 1
fi

echo "$reason: installing $*"
log=$(mktemp)
$as_root apt-get update >"$log" 2>&1 </dev/null
if ! $as_root env DEBIAN_FRONTEND=noninteractive $command -o DPkg::Lock::Timeout=300 >>"$log" 2>&1 </dev/null; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    printf '%s, and installing failed as above. Try it by hand:\n  sudo %s\n' "$reason" "$command" >&2
    exit 1
fi
rm -f "$log"
