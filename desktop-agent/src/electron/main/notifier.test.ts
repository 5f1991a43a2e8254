import { EventEmitter } from "node:events";
import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { Notification as ElectronNotification, NotificationConstructorOptions } from "electron";
import { beforeEach, describe, expect, it } from "vitest";
import { createNotifier, type NotificationContent } from "./notifier.ts";

let isSupported: boolean;
let made: SystemNotification[];

/** As a system takes one: it says afterwards what became of it. */
class SystemNotification extends EventEmitter {
  static isSupported = () => isSupported;
  readonly options: NotificationConstructorOptions;
  isShown = false;
  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
    made.push(this);
  }
  show(): void {
    this.isShown = true;
  }
}

// Safe because it has the members that the notifier uses, and the test sees them used
const Notification = SystemNotification as unknown as typeof ElectronNotification;

const note: NotificationContent = {
  title: "Up\u202edate\n",
  text: "Save <b>&",
  urgency: "urgent",
  buttons: ["Yes", "No"],
};

beforeEach(() => {
  isSupported = true;
  made = [];
});

function show(family: OsFamily, changes: Partial<NotificationContent> = {}): string[] {
  const heard: string[] = [];
  createNotifier({ Notification, family, icon: "/icons/muster.png" }).show(
    { ...note, ...changes },
    {
      shown: () => heard.push("shown"),
      failed: () => heard.push("failed"),
      clicked: () => heard.push("clicked"),
      pressed: (index) => heard.push(`pressed ${index}`),
    },
  );
  return heard;
}

describe("a notification", () => {
  it("shows untrusted texts as plain text: without direction marks, and escaped where the body is markup", () => {
    show("linux");
    expect(made[0]?.options).toMatchObject({ title: "Up date", body: "Save &lt;b&gt;&amp;" });
    show("windows");
    expect(made[1]?.options.body).toBe("Save <b>&");
  });

  it("has its buttons where the system has them", () => {
    show("macos");
    show("linux");
    expect(made.map(({ options }) => options.actions?.map(({ text }) => text))).toEqual([["Yes", "No"], []]);
  });

  it("stays while it is urgent or has buttons", () => {
    show("linux");
    show("linux", { urgency: "normal", buttons: [] });
    expect(made.map(({ options }) => [options.urgency, options.timeoutType])).toEqual([
      ["critical", "never"],
      ["normal", "default"],
    ]);
  });

  it("reports its events", () => {
    const heard = show("macos");
    expect(made[0]?.isShown).toBe(true);
    expect(heard).toEqual([]);
    made[0]?.emit("show");
    made[0]?.emit("action", { actionIndex: 1 });
    made[0]?.emit("click");
    expect(heard).toEqual(["shown", "pressed 1", "clicked"]);
  });

  it("fails where the system shows none, immediately or later", () => {
    const heard = show("windows");
    made[0]?.emit("failed");
    expect(heard).toEqual(["failed"]);
    isSupported = false;
    expect(show("linux")).toEqual(["failed"]);
    expect(made).toHaveLength(1);
  });

  it("is cut to what a desktop shows", () => {
    show("windows", { text: "x".repeat(4000) });
    expect(made[0]?.options.body).toHaveLength(1000);
  });
});
