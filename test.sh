#!/usr/bin/env bash
# Brings what the tests need (Chromium and PostgreSQL), builds everything and runs all tests.
# What is missing and can't be installed is a failure, never a skip. Closes with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")"

missing=()
# Both, as they must be of one version.
[ -x /usr/bin/chromium ] && [ -x /usr/bin/chromium-headless-shell ] || missing+=(chromium chromium-headless-shell)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || [ -n "${RASP_TEST_POSTGRES:-}" ] || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ]; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    if ! command -v apt-get >/dev/null || ! { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }; then
        echo "The tests need ${missing[*]}, which could not be installed. Install them and try again." >&2
        exit 1
    fi
fi

dotnet build Rasp.slnx -c Release --nologo -v quiet || exit 1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test --solution Rasp.slnx -c Release --no-build --no-ansi --no-progress 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
awk '/^  (failed|succeeded): [0-9]+$/ { n[$1] += $2 } END { printf "%d passed, %d failed\n", n["succeeded:"], n["failed:"] }' "$log"
exit "$status"
