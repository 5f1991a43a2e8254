import type * as Electron from "electron";
import { expect, test } from "vitest";
import type { Compatible } from "../harness/electron/compatible-types.ts";
import type { BrowserWindow } from "../harness/electron/app/browser-window.ts";
import type * as standIn from "../harness/electron/app/electron.ts";
import type { Menu } from "../harness/electron/app/menu.ts";
import type { Notification } from "../harness/electron/app/notification.ts";
import type { Tray } from "../harness/electron/app/tray.ts";
import type { WebContents } from "../harness/electron/app/web-contents.ts";

/** The exported names, which Electron must have as well. The objects are compared where they are created, with `satisfies`. */
type Named<Module> = { [Name in keyof Module]: unknown };

type Checked = [
  Compatible<Named<typeof standIn>, Named<typeof Electron>>,
  Compatible<BrowserWindow, Electron.BrowserWindow>,
  Compatible<typeof BrowserWindow, typeof Electron.BrowserWindow>,
  Compatible<Menu, Electron.Menu>,
  Compatible<typeof Menu, typeof Electron.Menu>,
  Compatible<Notification, Electron.Notification>,
  Compatible<typeof Notification, typeof Electron.Notification>,
  Compatible<Tray, Electron.Tray>,
  Compatible<WebContents, Electron.WebContents>,
];

const isFaithful: Checked = [true, true, true, true, true, true, true, true, true];

type Invented = { setToolTip(text: string): void; setMood(mood: string): void };
type Misshapen = { setToolTip(text: number): void };

test("does not compile with members that Electron does not have", () => {
  // @ts-expect-error Electron's tray has no mood.
  const invented: Compatible<Invented, Electron.Tray> = true;
  // @ts-expect-error Electron's tool tip is text.
  const misshapen: Compatible<Misshapen, Electron.Tray> = true;
  expect([isFaithful.every(Boolean), invented, misshapen]).toEqual([true, true, true]);
});
