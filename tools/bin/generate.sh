#!/usr/bin/env bash
# Regenerates what is generated: contracts from the protos, OpenAPI from the schemas. `--check` fails on any difference to what was there.
set -euo pipefail
. "$(dirname "$0")/prepare.sh"
sums() { find libs/contracts/src apps/gateway/openapi.json apps/dial-plan/openapi.json -type f -exec sha256sum {} + | sort; }
before=$(sums)
(cd libs/contracts && buf lint && rm -rf src/generated && buf generate)
node tools/generators/contracts-index.ts
run=(node --import ./tools/run/alias.mjs)
"${run[@]}" apps/gateway/src/openapi/write-openapi.ts
"${run[@]}" apps/dial-plan/src/decision/write-openapi.ts
if [ "${1:-}" = --check ] && [ "$before" != "$(sums)" ]; then
  echo "generated files were out of date and are written anew: look at them with git diff and commit them"
  exit 1
fi
