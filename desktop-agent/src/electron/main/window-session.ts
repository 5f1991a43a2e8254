import type { Session, session as sessions } from "electron";
import { isWindowUrl, WINDOW_SCHEME } from "./window-files.ts";

/**
 * The session of all windows: kept in memory only, with one scheme to load from, without network, permissions and downloads.
 * @param devtools whether Chromium's own tools may be opened
 */
export function openWindowSession(
  { fromPartition }: Pick<typeof sessions, "fromPartition">,
  answer: (url: string) => Promise<Response>,
  devtools: boolean,
): Session {
  const session = fromPartition("windows", { cache: false });
  session.protocol.handle(WINDOW_SCHEME, ({ url }) => answer(url));
  session.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !isWindowUrl(url) && !(devtools && url.startsWith("devtools:")) }),
  );
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Its dictionaries would come from the network.
  session.setSpellCheckerEnabled(false);
  session.on("will-download", (event) => event.preventDefault());
  return session;
}
