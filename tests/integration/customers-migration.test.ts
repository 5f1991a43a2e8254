import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { migrations } from "../../server/migrations/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { insertRows, type UntypedDatabase } from "../harness/earlier-rows.ts";
import { DIALECTS, openTestStore } from "../harness/test-store.ts";

const BEFORE = "0042-validity-clock";
const names = migrations.map(({ name }) => name);

describe.each(DIALECTS)("customer names of an earlier version on %s", (dialect) => {
  test("become customers without loss: other case and white space is one, other accents are not", async () => {
    const earlier = await openTestStore(dialect, migrations.slice(0, names.indexOf(BEFORE) + 1));
    await earlier.store.transaction(async (tx) => {
      const db = tx as unknown as UntypedDatabase;
      await insertRows(db, dialect, BEFORE);
      const { device_no: _, ...device } = await db
        .selectFrom("devices")
        .selectAll()
        .executeTakeFirstOrThrow();
      const add = (id: string, customer: string | null, change: object = {}) => {
        const search_text = ["h", "h", ...(customer === null ? [] : [customer.toLowerCase()]), ""].join("\n");
        const row = { ...device, id, machine_id: id, customer, search_text, ...change };
        return db.insertInto("devices").values(row).execute();
      };
      await db
        .insertInto("organizations")
        .values({
          id: "p",
          name: "P",
          offline_after_s: 600,
          report_interval_s: 30,
          created_at: 1,
          updated_at: 1,
        })
        .execute();
      await add("1", "Blue  Sky");
      await add("2", "Blue Sky");
      await add("3", "Blue Sky", { archived_at: 5 });
      await add("4", "Müller");
      await add("5", "Muller");
      await add("6", null);
      await add("7", "Blue Sky", { org_id: "p" });
    });
    const store = await openStore({ url: earlier.url, log: pino({ level: "silent" }), migrations });
    const devices = await store.read
      .selectFrom("devices as d")
      .leftJoin("customers as c", "c.id", "d.customer_id")
      .select([
        "d.id",
        "d.org_id",
        "d.customer",
        "d.search_text",
        "c.name",
        "c.org_id as customer_org",
        "c.id as customer_id",
      ])
      .orderBy("d.id")
      .execute();
    const find = (id: string) => devices.find((device) => device.id === id);
    expect(devices.map(({ id, name }) => [id, name])).toEqual([
      ["1", "Blue Sky"],
      ["2", "Blue Sky"],
      ["3", "Blue Sky"],
      ["4", "Müller (2)"],
      ["5", "Muller"],
      ["6", null],
      ["7", "Blue Sky"],
      ["device", "ACME"],
    ]);
    expect(devices.every(({ customer, name }) => customer === name)).toBe(true);
    expect(devices.every((device) => device.name === null || device.org_id === device.customer_org)).toBe(
      true,
    );
    expect(find("1")?.customer_id).toBe(find("3")?.customer_id);
    expect(find("1")?.customer_id).not.toBe(find("7")?.customer_id);
    expect(find("1")?.search_text).toBe("h\nh\nblue sky");
    expect(find("4")?.search_text).toBe("h\nh\nmuller (2)");
    await store.close();
    await earlier.remove();
  });
});
