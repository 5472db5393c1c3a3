#!/usr/bin/env bash
# Regenerates what is generated: contracts from the protos. `--check` fails on any difference to what is committed.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH="$PWD/node_modules/.bin:$PATH"
before=$( [ "${1:-}" = --check ] && find libs/contracts/src -type f -exec sha256sum {} + | sort || true)
(cd libs/contracts && buf lint && rm -rf src/generated && buf generate)
node tools/generators/contracts-index.ts
if [ "${1:-}" = --check ]; then
  after=$(find libs/contracts/src -type f -exec sha256sum {} + | sort)
  [ "$before" = "$after" ] || { echo "libs/contracts/src is out of date: run npm run generate and commit the result"; exit 1; }
fi
