/** Devices that one request can change or act on by a filter. */
export const MAX_MATCHED_DEVICES = 20_000;

export const MAX_TAGS_PER_DEVICE = 20;
