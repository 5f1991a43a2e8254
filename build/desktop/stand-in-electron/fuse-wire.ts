/** The sentinel that locates the fuses in Electron's binary; from its documentation on fuses. */
const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const VERSION = 1;
/** The defaults of Electron 45: on (1) and off (0), in the order of `FuseV1Options`. */
const STATES = "101100011";

/** The fuses of an unmodified Electron. */
export function fuseWire(): Buffer {
  return Buffer.concat([Buffer.from(SENTINEL), Buffer.from([VERSION, STATES.length]), Buffer.from(STATES)]);
}
