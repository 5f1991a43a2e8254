import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { describe, expect, it } from "vitest";
import { makeAlarm } from "./alarm.factory.ts";
import { createAlarmNotifier } from "./alarm-notifier.ts";

const STARTED_MS = Date.parse("2026-03-01T12:00:00.000Z");
const critical = (id: string, change: Partial<Alarm> = {}) =>
  makeAlarm({ id, severity: "critical", openedAt: "2026-03-01T12:01:00.000Z", ...change });
const user = { at: "2026-03-01T12:01:00.000Z", by: "Ann", until: null };

/** A notifier whose server has `open`, which tests change; `hasMore` makes the first page incomplete. */
async function start(open: Alarm[], hasMore = false) {
  const shown: string[][] = [];
  let answered: () => void = () => undefined;
  const notifier = createAlarmNotifier({
    startedAt: STARTED_MS,
    async read({ ids }) {
      setTimeout(answered);
      const items = Array.isArray(ids) ? open.filter(({ id }) => ids.includes(id)) : [...open];
      return { items, nextCursor: hasMore ? "more" : null };
    },
    show: (alarms) => shown.push(alarms.map(({ id }) => id)),
  });
  const after = async (act: () => void) => {
    const done = new Promise<void>((resolve) => (answered = resolve));
    act();
    await done;
    return shown.splice(0);
  };
  await after(() => notifier.readAll());
  return {
    changed: (...ids: string[]) => after(() => notifier.changed(ids)),
    readAll: () => after(() => notifier.readAll()),
  };
}

describe("notifications of new critical alarms", () => {
  it("are shown once for each, and not for those that were open before", async () => {
    const open = [critical("before")];
    const { changed } = await start(open);
    expect(await changed("before")).toEqual([]);
    open.push(critical("a"), critical("b"));
    expect(await changed("a", "b")).toEqual([["a", "b"]]);
    expect(await changed("a")).toEqual([]);
  });

  it("are shown again for one that ended and came back", async () => {
    const open = [critical("a")];
    const { changed } = await start(open);
    const [alarm] = open.splice(0);
    expect(await changed("a")).toEqual([]);
    if (alarm) open.push(alarm);
    expect(await changed("a")).toEqual([["a"]]);
  });

  it("wait while an alarm is muted or unstable, and are not needed for one that is acknowledged", async () => {
    const open: Alarm[] = [];
    const { changed } = await start(open);
    open.push(
      critical("muted", { mutedBy: "maintenance" }),
      critical("unstable", { isUnstable: true }),
      critical("known", { acknowledgement: user }),
    );
    expect(await changed("muted", "unstable", "known")).toEqual([]);
    open.splice(0, 2, critical("muted"), critical("unstable"));
    expect(await changed("muted", "unstable", "known")).toEqual([["muted", "unstable"]]);
  });

  it("catch up after the stream was broken", async () => {
    const open = [critical("before")];
    const { readAll } = await start(open);
    open.push(critical("meanwhile"));
    expect(await readAll()).toEqual([["meanwhile"]]);
  });

  it("leave out old alarms where not all could be read at the beginning", async () => {
    const open: Alarm[] = [];
    const { changed } = await start(open, true);
    open.push(critical("old", { openedAt: "2026-03-01T11:59:00.000Z" }), critical("new"));
    expect(await changed("old", "new")).toEqual([["new"]]);
  });
});
