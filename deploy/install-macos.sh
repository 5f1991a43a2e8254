#!/bin/sh
# Installs Muster's agent on macOS from one file, enrols it and starts it with launchd, or removes it.
set -eu
umask 022

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
label=muster.agent
plist=/Library/LaunchDaemons/$label.plist
dir=/usr/local/muster-agent
link=/usr/local/bin/muster-agent
home="/Library/Application Support/Muster Agent"

server=${SERVER_URL:-${MUSTER_AGENT_SERVER:-}}
token=${MUSTER_ENROL_TOKEN:-${API_KEY:-}}
interval=${INTERVAL_SECONDS:-}
binary=
token_file=
token_stdin=no
task=install
ca_file=
pin=
insecure=no
# Programs that this script starts must not inherit the token.
unset MUSTER_ENROL_TOKEN API_KEY

while [ $# -gt 0 ]; do
  option=$1
  shift
  case $option in
    --uninstall) task=uninstall; continue ;;
    --token-stdin) token_stdin=yes; continue ;;
    --insecure-http) insecure=yes; continue ;;
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

stop_service() { launchctl bootout "system/$label" 2>/dev/null || true; }

uninstall() {
  stop_service
  if [ -x "$dir/muster-agent" ] && [ -e "$home/identity.json" ]; then "$dir/muster-agent" leave --force || true; fi
  rm -f "$plist" "$link"
  rm -rf "$dir" "$home" /var/run/muster-agent
  say "Muster's agent was removed."
}

find_binary() {
  for file in "$binary" "$here/muster-agent" "$here/../dist/agent/muster-agent"; do
    if [ -n "$file" ] && [ -f "$file" ]; then
      printf '%s' "$file"
      return
    fi
  done
}

check_options() {
  case $server in
    http://* | https://*) ;;
    '') [ -e "$home/identity.json" ] || fail "The server is missing. Give it with --server URL." ;;
    *) fail "--server must start with https:// or http://." ;;
  esac
  case $interval in *[!0-9]*) fail "--interval must be a number of seconds." ;; esac
}

put_files() {
  mkdir -p "$dir" "$home" "$(dirname "$link")"
  chmod 0700 "$home"
  cp "$source" "$dir/.muster-agent.new"
  chmod 0755 "$dir/.muster-agent.new"
  # A browser marks downloads, and launchd would not start a marked file.
  xattr -d com.apple.quarantine "$dir/.muster-agent.new" 2>/dev/null || true
  mv -f "$dir/.muster-agent.new" "$dir/muster-agent"
  ln -sfn "$dir/muster-agent" "$link"
  if [ ! -e "$home/config.json" ]; then
    (umask 077 && printf '{%s}\n' "${interval:+\"interval\": $interval}" >"$home/config.json")
  elif [ -n "$interval" ]; then
    say "$home/config.json exists and was not changed. Set the interval there."
  fi
}

enrol() {
  if [ -e "$home/identity.json" ]; then
    say "This machine is already enrolled."
    return
  fi
  set -- enrol --server "$server" --token-stdin
  if [ -n "$ca_file" ]; then set -- "$@" --ca-file "$ca_file"; fi
  if [ -n "$pin" ]; then set -- "$@" --pin "$pin"; fi
  if [ "$insecure" = yes ]; then set -- "$@" --insecure-http; fi
  if [ "$token_stdin" = yes ]; then
    "$dir/muster-agent" "$@"
  elif [ -n "$token_file" ]; then
    "$dir/muster-agent" "$@" <"$token_file"
  elif [ -n "$token" ]; then
    printf '%s\n' "$token" | "$dir/muster-agent" "$@"
  else
    say "This machine is not enrolled because no token was given. Run muster-agent enrol --server $server --token-stdin."
  fi
}

start_service() {
  stop_service
  cp "$here/launchd/$label.plist" "$plist"
  chown root:wheel "$plist"
  chmod 0644 "$plist"
  launchctl bootstrap system "$plist"
}

[ "$(id -u)" = 0 ] || fail "Run this script as root."
[ "$(uname -s)" = Darwin ] || fail "This is not macOS."
if [ "$task" = uninstall ]; then
  uninstall
  exit 0
fi
check_options
source=$(find_binary)
[ -n "$source" ] || fail "The agent was not found. Give it with --binary FILE."
put_files
enrol
start_service
