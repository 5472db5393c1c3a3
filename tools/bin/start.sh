#!/usr/bin/env bash
# The whole on this machine: stores, proxy, services, a demo site. Ctrl-C ends all of it.
set -euo pipefail
. "$(dirname "$0")/prepare.sh"
exec node --disable-warning=TimeoutNegativeWarning --import ./tools/run/alias.mjs tools/stack/start.ts "$@"
