#!/usr/bin/env bash
# The quick inner loop: everything of npm test that needs no other process.
set -euo pipefail
. "$(dirname "$0")/prepare.sh"
exec node tools/checks/run-all.ts --quick "$@"
