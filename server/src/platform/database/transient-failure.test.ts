import { expect, test } from "vitest";
import { isTransientFailure } from "./transient-failure.ts";

function failure(code: string): Error {
  return Object.assign(new Error("a database failed"), { code });
}

test.each(["08006", "40P01", "40001", "25P03", "25006", "53300", "57P01", "SQLITE_FULL", "ECONNRESET"])(
  "%s is a temporary failure",
  (code) => expect(isTransientFailure(failure(code))).toBe(true),
);

test.each(["22003", "22021", "23505", "42P01", "SQLITE_CONSTRAINT_UNIQUE"])(
  "%s is a failure of the request",
  (code) => expect(isTransientFailure(failure(code))).toBe(false),
);
