import type { App, WebContents } from "electron";
import type { Log } from "../../agent/log.ts";

/** Keeps every page where it was opened: no navigation, no windows of its own, no embedded guests. */
export function confineContents(app: Pick<App, "on">, log: Log): void {
  app.on("web-contents-created", (_event, contents) => confine(contents, log));
}

function confine(contents: WebContents, log: Log): void {
  const refuse = (what: string) => (event: { preventDefault: () => void }) => {
    event.preventDefault();
    log.warn(`Refused a window ${what}.`);
  };
  contents.on("will-navigate", refuse("to navigate"));
  contents.on("will-frame-navigate", refuse("to navigate a frame"));
  contents.on("will-redirect", refuse("to be redirected"));
  contents.on("will-attach-webview", refuse("to embed another page"));
  contents.setWindowOpenHandler(() => {
    log.warn("Refused a window to open another.");
    return { action: "deny" };
  });
}
