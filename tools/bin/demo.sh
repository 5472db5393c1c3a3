#!/usr/bin/env bash
# Tells the stories with real SIP against the running stack; numbers pick stories: npm run demo -- 1 3
set -euo pipefail
. "$(dirname "$0")/prepare.sh"
exec node --import ./tools/run/alias.mjs apps/e2e/src/demo.ts "$@"
