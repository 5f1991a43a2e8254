import type * as Electron from "electron";
import { expect, test } from "vitest";
import type { Faithful } from "../harness/electron/faithful.ts";
import type { BrowserWindow } from "../harness/electron/app/browser-window.ts";
import type * as standIn from "../harness/electron/app/electron.ts";
import type { Menu } from "../harness/electron/app/menu.ts";
import type { Notification } from "../harness/electron/app/notification.ts";
import type { Tray } from "../harness/electron/app/tray.ts";
import type { WebContents } from "../harness/electron/app/web-contents.ts";

/** Names of the module that Electron's has as well; their objects are compared where they are made, by `satisfies`. */
type Named<Module> = { [Name in keyof Module]: unknown };

type Checked = [
  Faithful<Named<typeof standIn>, Named<typeof Electron>>,
  Faithful<BrowserWindow, Electron.BrowserWindow>,
  Faithful<typeof BrowserWindow, typeof Electron.BrowserWindow>,
  Faithful<Menu, Electron.Menu>,
  Faithful<typeof Menu, typeof Electron.Menu>,
  Faithful<Notification, Electron.Notification>,
  Faithful<typeof Notification, typeof Electron.Notification>,
  Faithful<Tray, Electron.Tray>,
  Faithful<WebContents, Electron.WebContents>,
];

const isFaithful: Checked = [true, true, true, true, true, true, true, true, true];

type Invented = { setToolTip(text: string): void; setMood(mood: string): void };
type Misshapen = { setToolTip(text: number): void };

test("the compiler refuses a stand-in that has what Electron has not", () => {
  // @ts-expect-error Electron's tray has no mood.
  const invented: Faithful<Invented, Electron.Tray> = true;
  // @ts-expect-error Electron's tool tip is text.
  const misshapen: Faithful<Misshapen, Electron.Tray> = true;
  expect([isFaithful.every(Boolean), invented, misshapen]).toEqual([true, true, true]);
});
