import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MailingServer, startMailingServer } from "../harness/mailing-server.ts";
import { DIALECTS } from "../harness/test-store.ts";
import { send } from "../security/http-client.ts";
import { makeTenant, type Tenant } from "../security/tenant.ts";

const PATIENCE = { timeout: 20_000 };

describe.each(DIALECTS)("what a user watches once on %s", (dialect) => {
  let server: MailingServer;
  let tenant: Tenant;

  beforeAll(async () => {
    server = await startMailingServer(dialect);
    tenant = await makeTenant(server.url, server.shell, "Watching", ["owner", "viewer"]);
  });
  afterAll(() => server.remove());

  const ask = (method: string, route: string, body?: unknown) =>
    send(server.url, method, `/api/v1/${route}`, tenant.as("viewer"), body);
  const watches = async () => (await ask("get", "watches")).body.items;
  const subjects = () => server.mailbox.mails.map(({ headers }) => headers["subject"]);

  it("is told by one mail, and is forgotten then", async () => {
    const alarmId = await tenant.alarmId();
    const device = await tenant.enrol();
    const actionId = await tenant.queued(device.id);
    const [ofAlarm, again, ofAction] = [
      await ask("post", "watches", { kind: "alarm", targetId: alarmId }),
      await ask("post", "watches", { kind: "alarm", targetId: alarmId }),
      await ask("post", "watches", { kind: "action", targetId: actionId }),
    ];
    expect([ofAlarm.status, ofAlarm.body.until, ofAction.body.until]).toEqual([201, "ended", "ended"]);
    expect(again.body.id).toBe(ofAlarm.body.id);
    expect(await watches()).toHaveLength(2);

    await send(server.url, "post", `/api/v1/alarms/${alarmId}/resolve`, tenant.as("owner"), {});
    await send(server.url, "post", `/api/v1/actions/${actionId}/cancel`, tenant.as("owner"), {});
    await expect
      .poll(subjects, PATIENCE)
      .toEqual(
        expect.arrayContaining([
          expect.stringMatching(/Ended: (?!.*: cancelled)/),
          expect.stringMatching(/Ended: .*: cancelled/),
        ]),
      );
    await expect.poll(watches, PATIENCE).toEqual([]);
    expect(subjects().filter((subject) => subject?.includes("Ended: "))).toHaveLength(2);
  });

  it("is a device until it is back", async () => {
    const device = await tenant.enrol();
    const { body } = await ask("post", "watches", { kind: "device", targetId: device.id });
    const now = Date.now();
    const report = { v: 1, epoch: "epoch1", lane: "live", sequence: 1, sentAt: now, bootId: "boot" };
    const samples = [{ at: now, cpu: 1, memory: 1, disk: 1 }];
    await send(server.url, "post", "/api/v1/agent/report", device.credential, { ...report, samples });
    expect(body.until).toBe("online");
    await expect.poll(subjects, PATIENCE).toContainEqual(expect.stringContaining("is back"));
    const next = await ask("post", "watches", { kind: "device", targetId: device.id });
    expect(next.body.until).toBe("offline");
    expect((await ask("delete", `watches/${next.body.id}`)).status).toBe(204);
    expect(await watches()).toEqual([]);
  });

  it("is refused for what has ended, what there is not, and what the user does not reach", async () => {
    const alarmId = await tenant.alarmId();
    await send(server.url, "post", `/api/v1/alarms/${alarmId}/resolve`, tenant.as("owner"), {});
    const unknown = "0193e7a2-0000-7000-8000-000000000000";
    const answers = [
      await ask("post", "watches", { kind: "alarm", targetId: alarmId }),
      await ask("post", "watches", { kind: "device", targetId: unknown }),
      await ask("post", "watches", { kind: "user", targetId: unknown }),
      await ask("delete", `watches/${unknown}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 404, 400, 404]);
  });
});
