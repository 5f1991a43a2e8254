/** The mark by which fuses are found in a binary of Electron; from its documentation on fuses. */
const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const VERSION = 1;
/** As Electron 45 comes: what is on (1) and off (0), in the order of `FuseV1Options`. */
const STATES = "101100011";

/** The fuses as a fresh Electron holds them. */
export function fuseWire(): Buffer {
  return Buffer.concat([Buffer.from(SENTINEL), Buffer.from([VERSION, STATES.length]), Buffer.from(STATES)]);
}
