import { sql } from "kysely";
import { pino } from "pino";
import { expect, test } from "vitest";
import { migrations } from "../../server/migrations/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { hashSecret, makeSecret } from "../../server/src/identity/secrets/secret.ts";
import { serveIdentity } from "../harness/identity-server.ts";
import { createManualClock } from "../harness/manual-clock.ts";
import { DIALECTS, openTestStore } from "../harness/test-store.ts";

const FIRST = "0190a000-0000-7000-8000-000000000001";
const SECOND = "0190a000-0000-7000-8000-000000000002";
const log = pino({ level: "silent" });

test.each(DIALECTS)("an upgrade on %s makes the first owner the server administrator", async (dialect) => {
  const before = migrations.filter(({ name }) => name < "0039");
  const opened = await openTestStore(dialect, before);
  const { store: old } = opened;
  const organization = (id: string, created_at: number) => ({
    id,
    name: id,
    offline_after_s: 600,
    report_interval_s: 30,
    created_at,
    updated_at: created_at,
  });
  const people = [
    { id: "first-viewer", org: FIRST, role: "viewer", at: 1 },
    { id: "first-owner", org: FIRST, role: "owner", at: 2 },
    { id: "later-owner", org: FIRST, role: "owner", at: 3 },
    { id: "other-owner", org: SECOND, role: "owner", at: 1 },
  ] as const;
  const secrets = new Map<string, string>();
  await old.transaction(async (tx) => {
    // The tables as that version had them: what it did not know has defaults.
    const insert = (table: string, row: Record<string, string | number>) => {
      const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
      return sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
        tx,
      );
    };
    await insert("organizations", organization(FIRST, 1));
    await insert("organizations", organization(SECOND, 2));
    for (const { id, org, role, at } of people) {
      const account = { id, email: `${id}@a.example`, name: id, password_hash: "x", created_at: at };
      await insert("users", account);
      await insert("memberships", { org_id: org, user_id: id, role, created_at: at });
      const secret = makeSecret("apiKey");
      secrets.set(id, secret);
      await insert("api_keys", {
        id: `key-of-${id}`,
        org_id: org,
        name: "k",
        prefix: "mk_",
        secret_hash: hashSecret(secret),
        scopes: '["read","metrics"]',
        creator_id: id,
        creator_name: id,
        created_at: at,
      });
    }
  });
  const store = await openStore({ url: opened.url, log, migrations });
  const { identity } = serveIdentity(store, createManualClock());
  const scopes: Record<string, unknown> = {};
  for (const [id, bearer] of secrets) {
    const caller = await identity.authenticate({ bearer, session: null, organizationId: null });
    scopes[id] = caller.kind === "api-key" ? caller.scopes : caller.kind;
  }
  expect(scopes).toEqual({
    "first-viewer": ["read"],
    "first-owner": ["read", "metrics"],
    "later-owner": ["read"],
    "other-owner": ["read"],
  });
  await store.close();
  await opened.remove();
});
