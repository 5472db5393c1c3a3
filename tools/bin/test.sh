#!/usr/bin/env bash
# Everything that is checked: generated code, lint, boundaries, types, build, unit, store and service tests, end-to-end stories. Last line: N passed, N failed.
set -euo pipefail
. "$(dirname "$0")/prepare.sh"
exec node tools/checks/run-all.ts "$@"
