const VENDORS: readonly (readonly [RegExp, string])[] = [
  [/VMware|VMW/, "vmware"],
  [/VirtualBox|innotek GmbH/, "virtualbox"],
  [/Microsoft Corporation\nVirtual Machine/, "hyperv"],
  [/Parallels/, "parallels"],
  [/Apple Virtualization|VirtualMac/, "apple"],
  [/^Xen|Xen\n/, "xen"],
  [/BHYVE/, "bhyve"],
  [/^Amazon EC2\n(?!.*metal)/, "kvm"],
  [/QEMU|KVM|Bochs|OpenStack|Google Compute Engine|Hetzner\nvServer|DigitalOcean|Alibaba Cloud ECS/, "kvm"],
];

/** Names the hypervisor whose maker and product the firmware shows, one per line, maker first; undefined for real hardware. */
export function hypervisorVendor(firmware: readonly (string | undefined)[]): string | undefined {
  const text = firmware.map((line) => line?.trim() ?? "").join("\n");
  return VENDORS.find(([pattern]) => pattern.test(text))?.[1];
}
