#!/bin/sh
# Installs Muster's agent on macOS from one file, or removes it: "muster-agent install" with the parameters of legacy installers.
set -eu

usage() {
  cat <<'TEXT'
Usage: install-macos.sh --server URL [options]      installs or upgrades the agent
       install-macos.sh --uninstall                 informs the server and removes everything

  -s, --server URL         address of the server (or SERVER_URL)
      --token-file FILE    file with the enrolment token
      --token-stdin        read the enrolment token from standard input
                           (or MUSTER_ENROL_TOKEN, API_KEY in the environment)
      --interval SECONDS   seconds between reports (or INTERVAL_SECONDS); default: the server's choice
      --ca-file FILE, --pin SHA256, --insecure-http    as for "muster-agent enrol"
      --binary FILE        the agent; default: muster-agent beside this script, or dist/agent/muster-agent

Parameters of legacy installers: -k TOKEN still works, but other users can see arguments; -m ID is ignored.
TEXT
}

say() { printf '%s\n' "$*" >&2; }
fail() { say "install-macos.sh: $*"; exit 1; }

here=$(cd "$(dirname "$0")" && pwd)
server=${SERVER_URL:-${MUSTER_AGENT_SERVER:-}}
token=${MUSTER_ENROL_TOKEN:-${API_KEY:-}}
interval=${INTERVAL_SECONDS:-}
binary=
token_file=
token_stdin=no
task=install
# Programs that this script starts must not inherit the token.
unset MUSTER_ENROL_TOKEN API_KEY
trust=

while [ $# -gt 0 ]; do
  option=$1
  shift
  case $option in
    --uninstall) task=uninstall; continue ;;
    --token-stdin) token_stdin=yes; continue ;;
    --insecure-http) trust=--insecure-http; continue ;;
    -h | --help) usage; exit 0 ;;
  esac
  [ $# -gt 0 ] || fail "$option is unknown or has no value. See --help."
  case $option in
    -s | --server) server=$1 ;;
    --token-file) token_file=$1 ;;
    --interval) interval=$1 ;;
    --ca-file) ca_file=$1 ;;
    --pin) pin=$1 ;;
    --binary) binary=$1 ;;
    -k)
      token=$1
      say "-k shows the token to every user of this machine while this script runs. Use --token-stdin, --token-file or MUSTER_ENROL_TOKEN."
      ;;
    -m) say "-m is not used any more. Name the device on the server." ;;
    *) fail "$option is unknown. See --help." ;;
  esac
  shift
done

[ "$(id -u)" = 0 ] || fail "Run this script as root."
[ "$(uname -s)" = Darwin ] || fail "This is not macOS."
if [ "$task" = uninstall ]; then
  [ -x /usr/local/bin/muster-agent ] || fail "The agent is not installed here."
  exec /usr/local/bin/muster-agent uninstall
fi
for file in "$binary" "$here/muster-agent" "$here/../dist/agent/muster-agent"; do
  if [ -n "$file" ] && [ -f "$file" ]; then break; fi
  file=
done
[ -n "$file" ] || fail "The agent was not found. Give it with --binary FILE."

set -- install --server "$server"
if [ -n "$interval" ]; then set -- "$@" --interval "$interval"; fi
if [ -n "${ca_file:-}" ]; then set -- "$@" --ca-file "$ca_file"; fi
if [ -n "${pin:-}" ]; then set -- "$@" --pin "$pin"; fi
if [ -n "$trust" ]; then set -- "$@" "$trust"; fi
if [ "$token_stdin" = yes ]; then
  exec "$file" "$@" --token-stdin
elif [ -n "$token_file" ]; then
  exec "$file" "$@" --token-file "$token_file"
elif [ -n "$token" ]; then
  printf '%s\n' "$token" | "$file" "$@" --token-stdin
else
  say "This machine will not be enrolled because no token was given."
  exec "$file" "$@" --no-enrol
fi
