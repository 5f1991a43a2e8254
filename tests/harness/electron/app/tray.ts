import { EventEmitter } from "node:events";
import type { Menu, NativeImage } from "electron";
import { clickMenu, describeMenu } from "./menu.ts";
import { describeImage } from "./native-image.ts";
import { registerHandlers, record } from "./test-host.ts";

const shown = new Set<Tray>();

export class Tray extends EventEmitter {
  #menu: Menu | null = null;
  #isDestroyed = false;

  constructor(image: NativeImage | string) {
    super();
    shown.add(this);
    this.setImage(image);
  }

  setImage(image: NativeImage | string): void {
    this.#mustExist();
    record({ kind: "tray-image", ...describeImage(image) });
  }

  setToolTip(toolTip: string): void {
    this.#mustExist();
    record({ kind: "tray-tooltip", text: toolTip });
  }

  setContextMenu(menu: Menu | null): void {
    this.#mustExist();
    this.#menu = menu;
    record({ kind: "tray-menu", menu: describeMenu(menu) });
  }

  popUpContextMenu(): void {
    this.#mustExist();
    record({ kind: "menu-popped-up" });
  }

  setIgnoreDoubleClickEvents(_ignore: boolean): void {
    this.#mustExist();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    shown.delete(this);
    record({ kind: "tray-destroyed" });
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  #mustExist(): void {
    if (this.#isDestroyed) throw new TypeError("Object has been destroyed");
  }

  static {
    registerHandlers({
      "click-menu": (labels) => {
        const [tray] = shown;
        clickMenu(tray === undefined ? null : tray.#menu, labels);
        return null;
      },
      "click-tray": () => {
        for (const tray of shown)
          tray.emit("click", {}, { x: 0, y: 0, width: 24, height: 24 }, { x: 0, y: 0 });
        return null;
      },
    });
  }
}
