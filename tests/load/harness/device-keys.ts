import { generateKeyPairSync } from "node:crypto";
import { openBenchStore, type SeededDevice } from "./seed-fleet.ts";

/** A seeded device with its Ed25519 private key as PKCS 8 DER in base64. */
export type KeyedDevice = SeededDevice & { privateKey: string };

/** Gives each seeded device a key, as enrolment does. The server must not run yet. */
export async function giveDeviceKeys(
  environment: Record<string, string>,
  devices: readonly SeededDevice[],
): Promise<KeyedDevice[]> {
  const store = await openBenchStore(environment);
  try {
    return await store.transaction(async (tx) => {
      const keyed: KeyedDevice[] = [];
      for (const device of devices) {
        const { publicKey, privateKey } = generateKeyPairSync("ed25519");
        await tx
          .updateTable("device_credentials")
          .set({ public_key: publicKey.export({ format: "jwk" }).x ?? "" })
          .where("device_id", "=", device.id)
          .execute();
        const der = privateKey.export({ format: "der", type: "pkcs8" });
        keyed.push({ ...device, privateKey: der.toString("base64") });
      }
      return keyed;
    });
  } finally {
    await store.close();
  }
}

/** The public keys that a device of this organization pins, by id. */
export async function readPinnedKeys(
  environment: Record<string, string>,
  orgId: string,
): Promise<Record<string, string>> {
  const store = await openBenchStore(environment);
  try {
    const rows = await store.read
      .selectFrom("signing_keys")
      .select(["id", "public_key"])
      .where("org_id", "=", orgId)
      .execute();
    return Object.fromEntries(rows.map(({ id, public_key }) => [id, public_key]));
  } finally {
    await store.close();
  }
}
