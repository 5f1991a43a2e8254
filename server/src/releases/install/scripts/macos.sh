#!/bin/sh
# Downloads Muster's agent for this Mac, checks it, and lets it install itself.
# Usage: macos.sh SERVER [options of "muster-agent install"], with the enrolment token on standard input.
set -eu
umask 077

fail() { echo "muster: $*" >&2; exit 1; }

[ $# -gt 0 ] || fail "The address of the server is missing."
[ "$(id -u)" = 0 ] || fail "Run this with sudo."
server=$1
shift
case $(uname -m) in
  arm64) system=macos-arm64 sum=@MACOS_ARM64@ ;;
  x86_64) system=macos-x64 sum=@MACOS_X64@ ;;
  *) fail "There is no agent for this processor: $(uname -m)." ;;
esac
[ "$sum" != none ] || fail "The server has no agent for $system."

# A folder for root alone, below root's own.
folder=$(mktemp -d /var/root/muster-XXXXXX)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
# With a pin the certificate is self-made: the hash protects the download, and the agent checks the pin before it sends the token.
case " $* " in *" --pin "*) pinned=yes ;; *) pinned= ;; esac
echo "Downloading Muster's agent for $system ..." >&2
curl -fsSg ${pinned:+-k} -o agent.tar.gz "$server/install/agent/$system?sha256=$sum" </dev/null || fail "The download failed."
echo "$sum *agent.tar.gz" | shasum -a 256 -c - >/dev/null 2>&1 || fail "The download is damaged or was changed. Nothing was executed."
tar -xzf agent.tar.gz
./muster-agent/muster-agent install --server "$server" --token-stdin "$@"
