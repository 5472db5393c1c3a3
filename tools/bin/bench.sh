#!/usr/bin/env bash
# npm run bench -- NAME: measures one thing, prints a table, writes dist/bench/NAME.json.
set -euo pipefail
. "$(dirname "$0")/prepare.sh"
name="${1:-}"
if [ -z "$name" ] || [ ! -f "tools/bench/$name.bench.ts" ]; then
  echo "usage: npm run bench -- NAME, one of: $(cd tools/bench && ls ./*.bench.ts | sed 's|^\./||; s|\.bench\.ts$||' | tr '\n' ' ')" >&2
  exit 2
fi
shift
exec node --disable-warning=TimeoutNegativeWarning --import ./tools/run/alias.mjs "tools/bench/$name.bench.ts" "$@"
