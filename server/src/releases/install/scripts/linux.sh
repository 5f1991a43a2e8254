#!/bin/sh
# Downloads Muster's agent for this machine, checks it, and lets it install itself.
# Usage: linux.sh SERVER [options of "muster-agent install"], with the enrolment token on standard input.
set -eu
umask 077

fail() { echo "muster: $*" >&2; exit 1; }

[ $# -gt 0 ] || fail "The address of the server is missing."
[ "$(id -u)" = 0 ] || fail "Run this as root, or with sudo."
server=$1
shift
case $(uname -m) in
  x86_64 | amd64) system=linux-x64 sum=@LINUX_X64@ ;;
  aarch64 | arm64) system=linux-arm64 sum=@LINUX_ARM64@ ;;
  *) fail "There is no agent for this processor: $(uname -m)." ;;
esac
[ "$sum" != none ] || fail "The server has no agent for $system."

# A folder for root alone, on a file system that allows programs: /tmp often does not.
folder=$(mktemp -d /var/lib/muster-XXXXXX)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
# With a pin the certificate is self-made: the hash protects the download, and the agent checks the pin before it sends the token.
case " $* " in *" --pin "*) pinned=yes ;; *) pinned= ;; esac
url="$server/install/agent/$system?sha256=$sum"
echo "Downloading Muster's agent for $system ..." >&2
if command -v curl >/dev/null; then
  curl -fsSg ${pinned:+-k} -o muster-agent "$url" </dev/null || fail "The download failed."
else
  wget -q -t 2 ${pinned:+--no-check-certificate} -O muster-agent "$url" </dev/null || fail "The download failed."
fi
echo "$sum *muster-agent" | sha256sum -c - >/dev/null 2>&1 || fail "The download is damaged or was changed. Nothing was executed."
chmod 700 muster-agent
./muster-agent install --server "$server" --token-stdin "$@"
