/** Devices that one request can change or act on by a filter. */
export const MAX_MATCHED_DEVICES = 20_000;

export const MAX_TAGS_PER_DEVICE = 20;

/** Devices that a device can depend on, one through the other: a guest, its hypervisor, a switch, a gateway are three for the guest. */
export const MAX_DEPENDENCY_DEPTH = 5;
