import Database from "better-sqlite3";

/** Copies the database of the first argument to the second while it is used, as a backup does. */
const [from = "", to = ""] = process.argv.slice(2);
const source = new Database(from, { readonly: true });
source.prepare("vacuum into ?").run(to);
source.close();
