#!/bin/sh
# Runs inside new mount, pid, uts, ipc and cgroup namespaces: makes a root of its own, an overlay over another one,
# and becomes systemd as its PID 1, or a process that only waits. Arguments: a folder for what it changes, a folder to
# share, a boot id's file, the root below, and "systemd" or "nothing".
set -e
disk=$1
share=$2
boot_id=$3
below=$4
init=$5
root=$disk/root

mount --make-rprivate /
mkdir -p "$disk/upper" "$disk/work" "$root"
mount -t overlay overlay -o "lowerdir=$below,upperdir=$disk/upper,workdir=$disk/work" "$root"
cd "$root"
mount -t proc proc proc
mount --bind "$boot_id" proc/sys/kernel/random/boot_id
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t tmpfs tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mkdir -p run/share
mount --bind "$share" run/share
mkdir -p old
pivot_root . old
umount -l /old

[ "$init" = systemd ] || exec sleep infinity
if [ ! -e /etc/muster-systemd-machine ]; then
  touch /etc/muster-systemd-machine
  rm -f /etc/machine-id
  touch /etc/machine-id
  # Nothing of the host is started, and nothing that would change its kernel's settings.
  rm -rf /etc/systemd/system/*.wants /etc/systemd/system/*.service
  for unit in systemd-sysctl systemd-modules-load systemd-udevd systemd-udev-trigger systemd-timesyncd \
    systemd-networkd systemd-remount-fs getty@tty1 console-getty; do
    ln -s /dev/null "/etc/systemd/system/$unit.service"
  done
fi
exec env -i container=muster-test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=multi-user.target
