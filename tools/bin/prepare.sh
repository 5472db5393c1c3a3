# Sourced by the other scripts: installs what the lock file names when it is not there yet, puts Node 24 first.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if ! command -v npm >/dev/null; then echo "npm is missing: install Node.js 20 or newer with npm, then run this again" >&2; exit 1; fi
stamp=node_modules/.sfs-lock
if [ ! -f "$stamp" ] || ! cmp -s package-lock.json "$stamp"; then
  began=$SECONDS
  echo "npm packages: installing (about a minute the first time)"
  npm ci --no-audit --no-fund --loglevel=error >/dev/null || { echo "npm ci failed: see its message above; the registry must be reachable" >&2; exit 1; }
  cp package-lock.json "$stamp"
  echo "npm packages: $((SECONDS - began)) s"
fi
export PATH="$PWD/node_modules/.bin:$PATH" NX_DAEMON=false NX_TUI=false
# kafkajs computes a negative wait now and then; Node warns, nothing is wrong
export NODE_OPTIONS="${NODE_OPTIONS:-} --disable-warning=TimeoutNegativeWarning"
