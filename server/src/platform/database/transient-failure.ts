import { systemErrorCode } from "../start-error.ts";

const SQLITE_CODES = /^SQLITE_(FULL|BUSY|IOERR|READONLY|CANTOPEN|NOMEM)/;
/**
 * SQLSTATE classes: connection lost, cancelled to resolve a deadlock or after being idle too long, read-only standby, out of disk,
 * memory or connections, shutting down or starting.
 */
const SQLSTATES = /^(08...|40P01|40001|25P03|25006|53...|57P0[1-5])$/;
const NETWORK_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);
/** Errors of `pg` that have no code. */
const CONNECTION_LOST_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/**
 * True when a database failed for a transient reason that is not in the query, such as a full disk or a lost connection. The same
 * query works again later.
 */
export function isTransientFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = systemErrorCode(error);
  if (code === undefined) return CONNECTION_LOST_MESSAGE.test(error.message);
  return SQLITE_CODES.test(code) || SQLSTATES.test(code) || NETWORK_CODES.has(code);
}
