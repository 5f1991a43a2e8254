import { systemErrorCode } from "../start-error.ts";

const SQLITE = /^SQLITE_(FULL|BUSY|IOERR|READONLY|CANTOPEN|NOMEM)/;
/**
 * Classes of SQLSTATE: connection lost, given up to end a deadlock or for being idle too long, a standby that takes no writes, out of
 * disk, memory or connections, shut down or starting by its operator.
 */
const POSTGRES = /^(08...|40P01|40001|25P03|25006|53...|57P0[1-5])$/;
const NETWORK = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);
/** What `pg` says without a code. */
const LOST_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/**
 * Whether a database failed for a reason that is not in what it was asked: a full disk, a lost connection. The same works again
 * once that is over.
 */
export function isPassingFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = systemErrorCode(error);
  if (code === undefined) return LOST_CONNECTION.test(error.message);
  return SQLITE.test(code) || POSTGRES.test(code) || NETWORK.has(code);
}
