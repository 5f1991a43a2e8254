import { systemErrorCode } from "../start-error.ts";

const SQLITE_CODES = /^SQLITE_(FULL|BUSY|IOERR|READONLY|CANTOPEN|NOMEM)/;
/**
 * Classes of SQLSTATE: connection lost, given up to end a deadlock or for being idle too long, a standby that takes no writes, out of
 * disk, memory or connections, shut down or starting by its operator.
 */
const SQLSTATES = /^(08...|40P01|40001|25P03|25006|53...|57P0[1-5])$/;
const NETWORK_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);
/** What `pg` says without a code. */
const CONNECTION_LOST_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/**
 * Whether a database failed for a reason that is not in what it was asked: a full disk, a lost connection. The same works again
 * once that is over.
 */
export function isTransientFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = systemErrorCode(error);
  if (code === undefined) return CONNECTION_LOST_MESSAGE.test(error.message);
  return SQLITE_CODES.test(code) || SQLSTATES.test(code) || NETWORK_CODES.has(code);
}
