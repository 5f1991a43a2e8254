/** A line of utmp: a terminal, or a display by its name (":0"). */
export type WhoLine = {
  user: string;
  line: string;
  /** Whether others may write to it; null when it is no terminal. */
  isOpen: boolean | null;
  /** Where it was opened from: a host, a display (":0"), "tmux(812).%0"; "" at a console. */
  from: string;
};

/** Reads `who -T`. */
export function parseWho(text: string): WhoLine[] {
  return text.split("\n").flatMap((entry) => {
    const match = /^(\S+)\s+([-+?])\s+(\S+)\s+\S.*?(?:\((.*)\))?\s*$/.exec(entry);
    if (match === null) return [];
    const [user = "", state, line = "", from = ""] = match.slice(1);
    return [{ user, line, isOpen: state === "?" ? null : state === "+", from }];
  });
}
