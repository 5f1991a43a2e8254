import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../testing/hostile-text.ts";
import { notifyCommand, parseNotificationId, parseNotificationSignal } from "./notification-bus.ts";

const NAME = "org.freedesktop.Notifications";
// Recorded: busctl --user --json=short monitor, systemd 252.
const CLOSED =
  '{"type":"signal","endian":"l","flags":1,"version":1,"cookie":15,"timestamp-realtime":1795174450452147,"sender":":1.0","destination":":1.5","path":"/org/freedesktop/Notifications","interface":"org.freedesktop.Notifications","member":"NotificationClosed","payload":{"type":"uu","data":[4,3]}}';
const PRESSED = CLOSED.replace("NotificationClosed", "ActionInvoked").replace(
  '"uu","data":[4,3]',
  '"us","data":[4,"1"]',
);

describe("notifications over the bus", () => {
  it("are one call whose texts cannot be options or markup", () => {
    const command = notifyCommand({
      title: "--help",
      text: "<b>& \\074",
      urgency: "urgent",
      buttons: ["-Yes", "<No>"],
    });
    const call = `busctl --user -- call ${NAME} /org/freedesktop/Notifications ${NAME} Notify susssasa{sv}i`;
    const texts = ["Muster", "0", "", "--help", "&lt;b&gt;&amp; \\074", "4", "0", "-Yes", "1", "<No>"];
    expect(command).toEqual(call.split(" ").concat(texts, "1", "urgency", "y", "2", "0"));
  });

  it("have a number", () => {
    expect(["u 4\n", "u 4294967295\n", "", "s 4", "u x"].map(parseNotificationId)).toEqual([
      4,
      4_294_967_295,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("report which button was pressed and which notification was closed", () => {
    expect([PRESSED, CLOSED].map(parseNotificationSignal)).toEqual([
      { kind: "pressed", id: 4, button: 1 },
      { kind: "closed", id: 4 },
    ]);
  });

  it.each([
    "null",
    "[]",
    '{"payload":null}',
    '{"member":"ActionInvoked","payload":{"data":{}}}',
    PRESSED.replace('"1"', '"inline-reply"'),
    PRESSED.replace("[4", '["4"'),
  ])("do not accept %s as an answer", (line) => {
    expect(parseNotificationSignal(line)).toBeUndefined();
  });

  it("ignore invalid output of the bus", () => {
    fc.assert(
      fc.property(hostileText(PRESSED), (line) => {
        const signal = parseNotificationSignal(line);
        if (signal?.kind === "pressed") expect(signal.button).toBeLessThan(10);
      }),
    );
  });
});
