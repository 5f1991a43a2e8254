import { EventEmitter } from "node:events";
import type { NotificationAction, NotificationConstructorOptions } from "electron";
import { registerHandlers, record, settings } from "./test-host.ts";

const shown = new Map<number, Notification>();
let lastId = 0;

export class Notification extends EventEmitter {
  title: string;
  body: string;
  actions: NotificationAction[];
  urgency: "normal" | "critical" | "low";
  #id = 0;

  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? "";
    this.body = options.body ?? "";
    this.actions = options.actions ?? [];
    this.urgency = options.urgency ?? "normal";
  }

  static isSupported(): boolean {
    return settings.canNotify;
  }

  show(): void {
    if (!settings.canNotify) return;
    lastId += 1;
    this.#id = lastId;
    shown.set(this.#id, this);
    const { title, body, urgency, actions } = this;
    const buttons = actions.map(({ text }) => text ?? "");
    record({ kind: "notification", notification: { id: this.#id, title, body, urgency, buttons } });
    queueMicrotask(() => this.emit("show", {}));
  }

  close(): void {
    if (!shown.delete(this.#id)) return;
    record({ kind: "notification-closed", id: this.#id });
    queueMicrotask(() => this.emit("close", { reason: "applicationHidden" }));
  }
}

registerHandlers({
  "act-on-notification": (id, act) => {
    const notification = shown.get(id);
    if (notification === undefined) throw new Error(`The notification ${id} is not shown.`);
    if (act.what === "click") notification.emit("click", {});
    if (act.what === "close") notification.emit("close", { reason: "userCanceled" });
    if (act.what === "failed") notification.emit("failed", {}, act.error);
    if (act.what === "action") {
      const { index } = act;
      notification.emit("action", { actionIndex: index, selectionIndex: -1 }, index, -1);
    }
    shown.delete(id);
    return null;
  },
});
