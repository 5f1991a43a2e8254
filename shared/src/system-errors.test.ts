import { describe, expect, it } from "vitest";
import {
  CONNECTION_PROBLEMS,
  connectionProblemIn,
  connectionProblemOf,
  explainConnectionError,
  explainError,
} from "./system-errors.ts";

const failure = (message: string, code: string) => Object.assign(new Error(message), { code });

describe("a failed connection", () => {
  it("is explained without OpenSSL's advice about Node.js", () => {
    const text = explainConnectionError(
      failure(
        "unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      ),
    );
    expect(text).toContain("an authority that this computer does not trust.");
    expect(text).toMatch(/ \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)$/);
    expect(text).not.toContain("Node.js");
  });

  it("names the names of a certificate for another server", () => {
    const text = explainConnectionError(
      failure("Host: a.example is not in the cert's altnames: DNS:b.example", "ERR_TLS_CERT_ALTNAME_INVALID"),
    );
    expect(text).toContain("DNS:b.example");
    expect(connectionProblemIn(text)).toBe("certificate-wrong-name");
  });

  it("keeps the system's own words where the code is unknown", () => {
    expect(explainConnectionError(failure("strange", "ESTRANGE"))).toBe("strange (ESTRANGE)");
    expect(connectionProblemIn("strange (ESTRANGE)")).toBeNull();
  });

  it.each(["ENOTFOUND", "ECONNREFUSED", "ENETUNREACH", "ETIMEDOUT", "EPIPE", "DEPTH_ZERO_SELF_SIGNED_CERT"])(
    "is recognized in its text: %s",
    (code) => {
      const problem = connectionProblemIn(explainConnectionError(failure("x", code)));
      expect(CONNECTION_PROBLEMS).toContain(problem);
      expect(problem).toBe(connectionProblemOf(code));
    },
  );

  it("is not that of the server where the proxy failed", () => {
    expect(connectionProblemIn("The proxy cannot be reached (ECONNREFUSED).")).toBeNull();
  });
});

describe("an error of the machine", () => {
  it("is explained, with the system's own words", () => {
    expect(explainError(failure("ENOSPC: no space left on device, write", "ENOSPC"))).toBe(
      "The disk is full. Free up space on it. (ENOSPC: no space left on device, write)",
    );
    expect(connectionProblemOf("ENOSPC")).toBeNull();
  });

  it("is explained for the extended codes of SQLite and for a name with several addresses", () => {
    expect(explainError(failure("disk I/O error", "SQLITE_IOERR_READ"))).toMatch(
      /^The disk reported an error/,
    );
    const addresses = [
      new Error("connect ECONNREFUSED ::1:5432"),
      new Error("connect ECONNREFUSED 127.0.0.1:5432"),
    ];
    const refused = Object.assign(new AggregateError(addresses, ""), { code: "ECONNREFUSED" });
    expect(explainError(refused)).toMatch(/\(connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127/);
  });

  it("is the message of any other error", () => {
    expect(explainError(new Error("The file is empty."))).toBe("The file is empty.");
    expect(explainError("text")).toBe("text");
  });
});
