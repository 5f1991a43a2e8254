import type { SystemFiles } from "../linux/system-files.ts";

/** System files from a table by path. A value that starts with "-> " is a link; "inode 7" sets a file's inode number. */
export function createMemorySystemFiles(table: Readonly<Record<string, string>>): SystemFiles {
  const isLink = (path: string) => table[path]?.startsWith("-> ") ?? false;
  const read = (path: string) => (isLink(path) ? undefined : table[path]);
  return {
    read,
    readLater: (path) => Promise.resolve(read(path)),
    has: (path) => Object.keys(table).some((known) => known === path || known.startsWith(`${path}/`)),
    list: (folder) => {
      const names = Object.keys(table).flatMap((path) =>
        path.startsWith(`${folder}/`) ? (path.slice(folder.length + 1).split("/")[0] ?? []) : [],
      );
      return [...new Set(names)].toSorted();
    },
    inodeOf: (path) => {
      const [, inode] = /^inode (\d+)$/.exec(table[path] ?? "") ?? [];
      return inode === undefined ? undefined : Number(inode);
    },
    resolve: (path) => {
      if (isLink(path)) return table[path]?.slice("-> ".length);
      return Object.keys(table).some((known) => known === path || known.startsWith(`${path}/`))
        ? path
        : undefined;
    },
  };
}
