import { createHmac, timingSafeEqual } from "node:crypto";

/** A numbering of one lane of a device, as the server names it and a signed change names it back. */
export type NamedNumbering = { epoch: string; sequence: number };

/** Makes and checks the nonces of numberings. Nothing is stored: the nonce authenticates what it was made for and when. */
export type NumberingNonces = {
  make(deviceId: string, numbering: NamedNumbering, now: number): string;
  /** Whether this server, or another one with the same master key, named this numbering to this device within ten minutes. */
  isValid(nonce: string, deviceId: string, numbering: NamedNumbering, now: number): boolean;
};

const MAX_AGE_MS = 10 * 60_000;
const NONCE = /^([0-9a-z]{1,11})\.([A-Za-z0-9_-]{43})$/;

/** `key` is derived from the master key and used for nothing else. */
export function createNumberingNonces(key: Buffer): NumberingNonces {
  function macOf(deviceId: string, { epoch, sequence }: NamedNumbering, at: number): Buffer {
    return createHmac("sha256", key)
      .update(JSON.stringify([deviceId, epoch, sequence, at]))
      .digest();
  }
  return {
    make: (deviceId, numbering, now) =>
      `${now.toString(36)}.${macOf(deviceId, numbering, now).toString("base64url")}`,
    isValid(nonce, deviceId, numbering, now) {
      const [, time, mac] = NONCE.exec(nonce) ?? [];
      if (time === undefined || mac === undefined) return false;
      const at = Number.parseInt(time, 36);
      // Servers of one database may differ by a little; a nonce from further ahead is from before the clock was set back.
      if (Math.abs(now - at) > MAX_AGE_MS) return false;
      const given = Buffer.from(mac, "base64url");
      const expected = macOf(deviceId, numbering, at);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
