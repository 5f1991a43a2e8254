#!/bin/sh
# Runs inside new mount and pid namespaces: shows a folder as /machine inside the tree that holds Wine, and waits there.
set -e
tree=$1
folder=$2
mount --make-rprivate /
mount --bind "$tree" "$tree"
mount -t proc proc "$tree/proc"
mount --rbind /dev "$tree/dev"
mkdir -p "$tree/machine"
mount --bind "$folder" "$tree/machine"
exec sleep infinity
