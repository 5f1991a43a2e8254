type Fetch = (request: Request) => Promise<Response>;

/** Methods that have the same effect when they are sent twice. */
const REPEATABLE = new Set(["GET", "HEAD", "PUT", "DELETE"]);
const MAX_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 500;

/**
 * Sends a request again that was answered 429 or 503, after its `Retry-After`, or after twice the last wait when there is none. An answer
 * that asks for a wait of more than a minute, and the answer of the last attempt, are returned. A POST or PATCH is sent once unless it has an
 * idempotency key.
 */
export function createRetryingFetch({
  fetch,
  maxAttempts,
  wait = waitFor,
}: {
  fetch: Fetch;
  maxAttempts: number;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}): Fetch {
  return async (request) => {
    const isRepeatable = await canRepeat(request);
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(request.clone());
      const isBusy = response.status === 429 || response.status === 503;
      if (!isBusy || !isRepeatable || attempt >= maxAttempts) return response;
      const waitMs = retryAfterMs(response) ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
      if (waitMs > MAX_WAIT_MS) return response;
      await response.body?.cancel();
      await wait(waitMs, request.signal);
    }
  };
}

async function canRepeat(request: Request): Promise<boolean> {
  if (REPEATABLE.has(request.method) || request.headers.has("idempotency-key")) return true;
  return hasKey(await request.clone().text());
}

/** Some routes take the key as a field of the body. */
function hasKey(body: string): boolean {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null && "idempotencyKey" in parsed;
  } catch {
    return false; // No JSON: no key.
  }
}

/** Seconds or a date. */
function retryAfterMs({ headers }: Response): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
