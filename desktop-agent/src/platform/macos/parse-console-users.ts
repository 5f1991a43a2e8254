/** A user's graphical session. */
export type ConsoleUser = {
  user: string;
  uid: number;
  /** False for a session that fast user switching left in the background. */
  isOnConsole: boolean;
  isLocked: boolean;
};

// The login window's own account, and the assistant's that sets a Mac up.
const NOBODY = new Set(["root", "_mbsetupuser", "loginwindow"]);

/** Reads the property IOConsoleUsers of `ioreg -n Root -d1`. Undefined when it is not there. */
export function parseConsoleUsers(text: string): ConsoleUser[] | undefined {
  const list = /"IOConsoleUsers" = \((.*)\)\s*$/m.exec(text)?.[1];
  if (list === undefined) return undefined;
  return [...list.matchAll(/\{([^{}]*)\}/g)].flatMap(([, entry = ""]) => {
    const user = /"kCGSSessionUserNameKey"="([^"]+)"/.exec(entry)?.[1];
    const uid = /"kCGSSessionUserIDKey"=(\d{1,10})/.exec(entry)?.[1];
    if (user === undefined || uid === undefined || NOBODY.has(user)) return [];
    const has = (key: string) => entry.includes(`"${key}"=Yes`);
    return [
      {
        user,
        uid: Number(uid),
        isOnConsole: has("kCGSSessionOnConsoleKey"),
        isLocked: has("CGSSessionScreenIsLocked"),
      },
    ];
  });
}
