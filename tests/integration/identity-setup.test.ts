import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  countStatuses,
  type IdentityWorld,
  PASSWORD,
  shell,
  startIdentity,
} from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MINUTE_MS = 60_000;
const form = {
  organizationName: "Harbour IT",
  name: "Ines",
  email: "Ines@Harbour.example",
  password: PASSWORD,
};

describe.each(DIALECTS)("set-up on %s", (dialect) => {
  let world: IdentityWorld;
  beforeEach(async () => {
    world = await startIdentity(dialect);
  });
  afterEach(() => world.remove());

  const link = async () => `/api/v1/setup/${await world.identity.setup.createLink()}`;

  test("names the first organization, creates its owner and signs them in", async () => {
    const path = await link();
    expect((await world.ask("GET", path)).status).toBe(200);
    const isNeeded = async () => (await world.ask("GET", "/api/v1/setup")).body;
    expect(await isNeeded()).toEqual({ needed: true });
    const done = await world.ask("POST", path, { body: form });
    expect(done.status).toBe(200);
    expect(await isNeeded()).toEqual({ needed: false });
    expect(done.body).toMatchObject({
      role: "owner",
      user: { email: "ines@harbour.example" },
      organization: { name: "Harbour IT", offlineAfterS: 600, reportIntervalS: 30 },
    });
    expect((await world.ask("GET", "/api/v1/me", { cookie: done.cookie })).body).toEqual(done.body);
  });

  test("works once, and no more links are created once there is an owner", async () => {
    const [first, second] = [await link(), await link()];
    expect((await world.ask("POST", first, { body: form })).status).toBe(200);
    for (const path of [first, second]) {
      expect((await world.ask("GET", path)).status).toBe(404);
      const again = { ...form, email: "other@harbour.example" };
      expect((await world.ask("POST", path, { body: again })).status).toBe(404);
    }
    expect(await world.identity.setup.createLink()).toBeNull();
  });

  test("lets one of several simultaneous attempts succeed, by one link or by different ones", async () => {
    const paths = [await link(), await link()];
    const answers = await Promise.all(
      [...paths, ...paths].map((path, index) =>
        world.ask("POST", path, { body: { ...form, email: `person-${index}@harbour.example` } }),
      ),
    );
    expect(countStatuses(answers)).toEqual({ 200: 1, 404: 3 });
    const [organization] = await world.identity.organizations.list();
    const people = await world.identity.users.list(organization?.id ?? "", { limit: 10 });
    expect(people.items).toHaveLength(1);
  });

  test("expires after an hour", async () => {
    const path = await link();
    world.clock.advance(59 * MINUTE_MS);
    expect((await world.ask("GET", path)).status).toBe(200);
    world.clock.advance(MINUTE_MS);
    expect((await world.ask("GET", path)).status).toBe(404);
    expect((await world.ask("POST", path, { body: form })).status).toBe(404);
  });

  test("stays usable after a password that is refused", async () => {
    const path = await link();
    const refused = await world.ask("POST", path, { body: { ...form, password: "Harbour-IT-2026" } });
    expect(refused.status).toBe(400);
    expect(refused.body.error.details).toEqual([{ path: "password", message: expect.any(String) }]);
    expect((await world.ask("POST", path, { body: form })).status).toBe(200);
  });

  test("stays usable when the e-mail address already has an account", async () => {
    const elsewhere = await world.identity.organizations.create("Elsewhere", shell.actor);
    await world.identity.users.create(
      elsewhere.id,
      { ...form, email: "ines@harbour.example", role: "viewer" },
      shell,
    );
    const path = await link();
    expect((await world.ask("POST", path, { body: form })).status).toBe(409);
    expect((await world.ask("POST", path, { body: { ...form, email: "new@harbour.example" } })).status).toBe(
      200,
    );
  });

  test.each(["ms_short", `ms_${"A".repeat(43)}`, "..%2f..%2fetc", "%F0%9F%92%A3"])(
    "does not accept the link %s",
    async (token) => {
      await link();
      expect((await world.ask("GET", `/api/v1/setup/${token}`)).status).toBe(404);
    },
  );

  test("creates one first organization however many servers start at the same time", async () => {
    const other = await world.addNeighbour();
    const made = await Promise.all(
      [world, other, world, other].map(({ identity }) => identity.organizations.ensureFirst()),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await world.identity.organizations.list()).toHaveLength(1);
    expect(made[0]?.name).toBeNull();
  });

  test("gives each organization its own signing key, whose private half is sealed", async () => {
    const { organizations } = world.identity;
    const first = await organizations.create("First", shell.actor);
    const second = await organizations.create("Second", shell.actor);
    const [key] = await organizations.signingKeys(first.id);
    expect(Buffer.from(key?.publicKey ?? "", "base64url")).toHaveLength(32);
    expect(await organizations.signingKeys(second.id)).not.toEqual([key]);
    const rows = await world.store.read.selectFrom("signing_keys").selectAll().execute();
    expect(rows.every((row) => row.sealed_private_key.length >= 32)).toBe(true);
  });
});
