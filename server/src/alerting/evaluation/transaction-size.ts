/** Each device may open alarms and plan messages. */
const MAX_DEVICES = 20;
const MIN_DEVICES = 2;
/** On SQLite reports wait for the transaction. */
const TARGET_MS = 15;

/** How many devices the next transaction deals with, so that reports do not wait long for it. */
export type TransactionSize = {
  readonly devices: number;
  /** Runs the work of a transaction; the next ones are smaller when it took too long. Call it inside, where nothing is waited for. */
  measure<Result>(work: () => Promise<Result>): Promise<Result>;
};

export function createTransactionSize(monotonic: () => number): TransactionSize {
  let devices = MAX_DEVICES;
  return {
    get devices() {
      return devices;
    },
    async measure(work) {
      const startedAt = monotonic();
      const result = await work();
      const tookMs = monotonic() - startedAt;
      if (tookMs > TARGET_MS) devices = Math.max(MIN_DEVICES, Math.floor(devices / 2));
      else if (tookMs < TARGET_MS / 3) devices = Math.min(MAX_DEVICES, devices * 2);
      return result;
    },
  };
}
