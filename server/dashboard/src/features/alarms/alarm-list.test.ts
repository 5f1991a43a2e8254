import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { describe, expect, it } from "vitest";
import type { AlarmRequest } from "../../api/alarm-calls.ts";
import { makeAlarm } from "./alarm.factory.ts";
import { type AlarmList, createAlarmList } from "./alarm-list.ts";

const alarmOf = (id: string, minute = 0) =>
  makeAlarm({ id, openedAt: `2026-03-01T12:${String(minute).padStart(2, "0")}:00.000Z` });

/** A list whose server has `open`, which tests change. */
async function start(open: Alarm[]) {
  const asked: AlarmRequest[] = [];
  const list = createAlarmList({
    filter: { state: "open" },
    sort: "severity",
    async read(query) {
      asked.push(query);
      const { ids } = query;
      const items = Array.isArray(ids) ? open.filter(({ id }) => ids.includes(id)) : [...open];
      return { items, nextCursor: null };
    },
  });
  await list.reload();
  asked.length = 0;
  return { list, asked };
}
const shown = (list: AlarmList) => list.snapshot().alarms.map(({ id }) => id);
/** Waits for what the list shows after a change. */
async function changed(list: AlarmList, ...ids: string[]): Promise<void> {
  const published = new Promise<void>((resolve) => {
    const stop = list.subscribe(() => {
      if (list.snapshot().phase !== "idle") return;
      stop();
      resolve();
    });
  });
  list.apply(ids);
  await published;
}

describe("a list of alarms", () => {
  it("asks for what changed by its ids and its filter, and shows it in its place", async () => {
    const open = [alarmOf("a", 1)];
    const { list, asked } = await start(open);
    open.push(alarmOf("b", 2));
    await changed(list, "b");
    expect(asked).toEqual([expect.objectContaining({ state: "open", ids: ["b"] })]);
    expect(shown(list)).toEqual(["b", "a"]);
    open.shift();
    await changed(list, "a");
    expect(shown(list)).toEqual(["b"]);
  });

  it("moves no row while it is held, and all when it is left", async () => {
    const open = [alarmOf("a", 1)];
    const { list } = await start(open);
    list.hold(true);
    open.splice(0, 1, alarmOf("b", 2));
    await changed(list, "a", "b");
    expect(shown(list)).toEqual(["a"]);
    expect([...list.snapshot().left]).toEqual(["a"]);
    expect(list.snapshot().changedCount).toBe(2);
    list.hold(false);
    expect(shown(list)).toEqual(["b"]);
  });

  it("shows a new alarm immediately where there is no row that it could move", async () => {
    const open: Alarm[] = [];
    const { list } = await start(open);
    list.hold(true);
    open.push(alarmOf("a"));
    await changed(list, "a");
    expect(shown(list)).toEqual(["a"]);
  });

  it("reads itself again after more changes than one request can name", async () => {
    const open: Alarm[] = [];
    const { list, asked } = await start(open);
    open.push(alarmOf("a"));
    await changed(list, ...Array.from({ length: 201 }, (_, index) => `x${index}`));
    expect(asked.map(({ ids }) => ids)).toEqual([undefined]);
    expect(shown(list)).toEqual(["a"]);
  });
});
