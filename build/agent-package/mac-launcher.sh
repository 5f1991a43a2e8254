#!/bin/sh
# Starts the agent with the Node beside it. The program may be called through a link.
self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname "$self")/$link ;;
  esac
done
folder=$(cd "$(dirname "$self")" && pwd -P)
exec "$folder/node" "$folder/muster-agent.cjs" "$@"
