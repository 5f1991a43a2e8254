/** A request with an `Idempotency-Key`, written in the transaction of what it changed. */
export type IdempotentRequestTable = {
  org_id: string;
  /** `user:ID` or `key:ID`. */
  caller: string;
  idempotency_key: string;
  /** HMAC of the route and its input. */
  fingerprint: string;
  /** Its body, sealed because some answers contain secrets; null while they are not known. */
  answer: Buffer | null;
  created_at: number;
};

declare module "../database/tables.ts" {
  interface Tables {
    idempotent_requests: IdempotentRequestTable;
  }
}
