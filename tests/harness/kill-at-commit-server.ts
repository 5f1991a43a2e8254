/*
 * The real server, which kills itself before or after a commit: a message of its parent says how many commits from then on.
 */
import Database from "better-sqlite3";
import pg from "pg";
import { startServer } from "../../server/src/start-server.ts";

export type KillAtCommit = { type: "kill-at-commit"; count: number; when: "before" | "after" };

let order: KillAtCommit | null = null;
process.on("message", (message: KillAtCommit) => {
  if (message.type !== "kill-at-commit") return;
  order = message;
  process.send?.({ type: "armed" });
});

function pass(when: KillAtCommit["when"]): void {
  if (!order) return;
  if (when === "before") order.count -= 1;
  if (order.count === 0 && order.when === when) process.kill(process.pid, "SIGKILL");
}

function around<Result>(commit: () => Result): Result {
  pass("before");
  const result = commit();
  pass("after");
  return result;
}

type Run = (...parameters: unknown[]) => unknown;

const { prepare, transaction } = Database.prototype;
Object.assign(Database.prototype, {
  prepare(this: Database.Database, source: string) {
    const statement = prepare.call(this, source);
    if (source.toLowerCase() !== "commit") return statement;
    const { run } = statement;
    return Object.assign(statement, { run: () => around(() => Reflect.apply(run, statement, [])) });
  },
  // Commits natively: "before" is the end of the work, "after" that of the whole.
  transaction(this: Database.Database, work: Run) {
    const native = transaction.call(this, (...parameters: unknown[]) => {
      const result = work(...parameters);
      pass("before");
      return result;
    });
    return {
      immediate(...parameters: unknown[]) {
        const result: unknown = native.immediate(...parameters);
        pass("after");
        return result;
      },
    };
  },
});

const query: (this: pg.Client, ...parameters: unknown[]) => unknown = pg.Client.prototype.query;
Object.assign(pg.Client.prototype, {
  query(this: pg.Client, config: string | { text?: string }, ...others: unknown[]) {
    const sent = () => query.call(this, config, ...others);
    const text = typeof config === "string" ? config : config.text;
    if (text?.toLowerCase() !== "commit") return sent();
    pass("before");
    const result = sent();
    return Promise.resolve(result).finally(() => pass("after"));
  },
});

await startServer();
