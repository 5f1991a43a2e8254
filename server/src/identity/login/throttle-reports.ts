import type { IdentityContext } from "../identity-context.ts";
import { rateLimitKeyOf } from "../../platform/http/client-address.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { systemActor } from "../audit/actor.ts";
import type { Audit } from "../audit/audit.service.ts";
import { findUserByEmail, listMembershipsOf } from "../users/user.system-repository.ts";

/** Within this time, throttled sign-ins to one account are reported once. */
const WINDOW_MS = 15 * 60_000;
const WRITE_INTERVAL_MS = 5_000;
const MAX_REMEMBERED = 10_000;
const MAX_WAITING = 1_000;

/** `email` is null when requests from the address are throttled, whatever account they are for. */
export type ThrottledSignIn = { email: string | null; address: string; requestId: string | null };

/** Reports sign-ins that were throttled: in the log, and in the audit log of the organizations of the account. */
export type ThrottleReports = {
  /** Reports a throttled sign-in, once for each account or address in a window. */
  report(attempt: ThrottledSignIn): void;
  /** Writes the audit entries. Later than the answer, so that its time does not reveal whether the account exists. */
  job: Job;
};

export function createThrottleReports(
  { store, clock, log }: IdentityContext,
  { audit }: { audit: Audit },
): ThrottleReports {
  /** Accounts that were reported, oldest first, with the end of their window. */
  const reported = new Map<string, number>();
  let waiting: ThrottledSignIn[] = [];

  function isNew(account: string): boolean {
    const now = clock.now();
    if ((reported.get(account) ?? 0) > now) return false;
    reported.delete(account);
    const [oldest] = reported.keys();
    if (reported.size >= MAX_REMEMBERED && oldest !== undefined) reported.delete(oldest);
    reported.set(account, now + WINDOW_MS);
    return true;
  }

  async function write({ email, address, requestId }: ThrottledSignIn): Promise<void> {
    const user = email === null ? undefined : await findUserByEmail(store.read, email);
    if (!user) return;
    await store.transaction(async (tx) => {
      for (const { orgId } of await listMembershipsOf(tx, user.id)) {
        await audit.record(tx, {
          orgId,
          actor: systemActor,
          action: "user.sign-in-throttled",
          subject: { type: "user", id: user.id, name: user.name },
          details: { address },
          requestId,
        });
      }
    });
  }

  return {
    report(attempt) {
      const { email, address, requestId } = attempt;
      if (!isNew(email ?? `from ${rateLimitKeyOf(address)}`)) return;
      log.warn({ address, requestId }, "Sign-ins are throttled after too many attempts");
      if (email !== null && waiting.length < MAX_WAITING) waiting.push(attempt);
    },
    job: {
      name: "identity-throttle-reports",
      everyMs: WRITE_INTERVAL_MS,
      isPerServer: true,
      async run() {
        const attempts = waiting;
        waiting = [];
        for (const attempt of attempts) await write(attempt);
      },
    },
  };
}
