#!/bin/sh
# Installs Muster's agent on Linux from one file, enrols it and starts it with systemd, or removes it.
set -eu
umask 022

usage() {
  cat <<'TEXT'
Usage: install-linux.sh --server URL [options]      installs or upgrades the agent
       install-linux.sh --uninstall                 informs the server and removes everything

  -s, --server URL         address of the server (or SERVER_URL)
      --token-file FILE    file with the enrolment token
      --token-stdin        read the enrolment token from standard input
                           (or MUSTER_ENROL_TOKEN, API_KEY in the environment)
      --interval SECONDS   seconds between reports (or INTERVAL_SECONDS); default: the server's choice
      --ca-file FILE, --pin SHA256, --insecure-http    as for "muster-agent enrol"
      --binary FILE        the agent; default: muster-agent beside this script, or dist/agent/muster-agent
  -d, --dir DIR            folder of the program (or INSTALL_DIR); default: /opt/muster-agent

Parameters of legacy installers: -k TOKEN still works, but other users can see arguments; -m ID is ignored.
TEXT
}

say() { printf '%s\n' "$*" >&2; }
fail() { say "install-linux.sh: $*"; exit 1; }

here=$(cd "$(dirname "$0")" && pwd)
unit=/etc/systemd/system/muster-agent.service
link=/usr/local/bin/muster-agent
home=/var/lib/muster-agent
etc=/etc/muster-agent

server=${SERVER_URL:-${MUSTER_AGENT_SERVER:-}}
token=${MUSTER_ENROL_TOKEN:-${API_KEY:-}}
interval=${INTERVAL_SECONDS:-}
dir=${INSTALL_DIR:-/opt/muster-agent}
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
    -d | --dir) dir=$1 ;;
    -k)
      token=$1
      say "-k shows the token to every user of this machine while this script runs. Use --token-stdin, --token-file or MUSTER_ENROL_TOKEN."
      ;;
    -m) say "-m is not used any more. Name the device on the server." ;;
    *) fail "$option is unknown. See --help." ;;
  esac
  shift
done

has_systemd() { [ -d /run/systemd/system ]; }

# Removes only files that this script installs, so that a wrong --dir does no damage.
uninstall() {
  if [ -L "$link" ]; then dir=$(dirname "$(readlink "$link")"); fi
  if has_systemd && [ -e "$unit" ]; then systemctl disable --now muster-agent.service; fi
  if [ -x "$dir/muster-agent" ] && [ -e "$home/identity.json" ]; then "$dir/muster-agent" leave --force || true; fi
  rm -f "$unit" "$link" "$dir/muster-agent"
  if [ -d "$dir" ]; then rmdir "$dir" 2>/dev/null || say "$dir contains other files and was not removed."; fi
  rm -rf "$home" "$etc" /run/muster-agent
  if has_systemd; then systemctl daemon-reload; fi
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
  case $dir in /*) ;; *) fail "--dir must be a full path." ;; esac
  case $dir in *[!A-Za-z0-9/._-]*) fail "--dir may contain only letters, digits and the characters /._-." ;; esac
}

put_files() {
  install -d -m 0755 "$dir" "$etc" "$(dirname "$link")"
  install -d -m 0700 "$home"
  # Copied beside it and then renamed: a running program cannot be overwritten.
  install -m 0755 "$source" "$dir/.muster-agent.new"
  mv -f "$dir/.muster-agent.new" "$dir/muster-agent"
  ln -sfn "$dir/muster-agent" "$link"
  if [ ! -e "$etc/config.json" ]; then
    (umask 077 && printf '{%s}\n' "${interval:+\"interval\": $interval}" >"$etc/config.json")
  elif [ -n "$interval" ]; then
    say "$etc/config.json exists and was not changed. Set the interval there."
  fi
  if [ ! -e "$home/config.json" ]; then ln -sfn "$etc/config.json" "$home/config.json"; fi
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
  if ! has_systemd; then
    say "systemd is not running. Configure the service manager of this system to start \"$dir/muster-agent run\"."
    return
  fi
  sed "s|^ExecStart=.*|ExecStart=$dir/muster-agent run|" "$here/systemd/muster-agent.service" >"$unit"
  systemctl daemon-reload
  systemctl enable muster-agent.service
  systemctl restart muster-agent.service
}

[ "$(id -u)" = 0 ] || fail "Run this script as root."
if command -v dpkg-query >/dev/null && dpkg-query -W -f '${db:Status-Status}' muster-agent 2>/dev/null | grep -qx installed; then
  fail "The package muster-agent is installed. Use apt to upgrade or purge it."
fi
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
