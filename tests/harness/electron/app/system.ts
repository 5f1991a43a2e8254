import { EventEmitter } from "node:events";
import type { Clipboard, NativeTheme, PowerMonitor, Shell } from "electron";
import { registerHandlers, record, settings } from "./test-host.ts";

let isDark = settings.isDark;
let themeSource: NativeTheme["themeSource"] = "system";
let isLocked = false;
let copied = "";

const theme = new EventEmitter();
const themeMembers = {
  get shouldUseDarkColors() {
    return themeSource === "system" ? isDark : themeSource === "dark";
  },
  get shouldUseDarkColorsForSystemIntegratedUI() {
    return isDark;
  },
  shouldUseHighContrastColors: false,
  get themeSource() {
    return themeSource;
  },
  set themeSource(next: NativeTheme["themeSource"]) {
    themeSource = next;
    theme.emit("updated");
  },
} satisfies Partial<NativeTheme>;
Object.defineProperties(theme, Object.getOwnPropertyDescriptors(themeMembers));
export const nativeTheme = theme as EventEmitter & typeof themeMembers;

const power = new EventEmitter();
const powerMembers = {
  getSystemIdleState: () => (isLocked ? "locked" : "active"),
  getSystemIdleTime: () => 0,
  isOnBatteryPower: () => false,
} satisfies Partial<PowerMonitor>;
export const powerMonitor = Object.assign(power, powerMembers);

export const shell = {
  async openPath(target: string) {
    record({ kind: "opened", how: "path", target });
    return "";
  },
  async openExternal(target: string) {
    record({ kind: "opened", how: "external", target });
  },
  showItemInFolder: (target: string) => record({ kind: "opened", how: "folder", target }),
  beep: () => undefined,
} satisfies Partial<Shell>;

export const clipboard = {
  async writeText(text: string) {
    copied = text;
    record({ kind: "clipboard", text });
  },
  readText: async () => copied,
} satisfies Partial<Clipboard>;

registerHandlers({
  power: (event) => {
    if (event === "lock-screen") isLocked = true;
    if (event === "unlock-screen") isLocked = false;
    power.emit(event, { preventDefault: () => undefined });
    return null;
  },
  "set-dark": (next) => {
    isDark = next;
    theme.emit("updated");
    return null;
  },
});
