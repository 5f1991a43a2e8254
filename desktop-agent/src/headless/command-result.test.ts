import { describe, expect, it } from "vitest";
import { done, failed, printResult } from "./command-result.ts";

const HOSTILE = "\u001b[2J\u001b]0;owned\u0007\u009b31mAcme\u202e\u200d";

function printed(result: Parameters<typeof printResult>[0], isJson: boolean) {
  let out = "";
  let err = "";
  printResult(result, isJson, { out: (text) => (out += text), err: (text) => (err += text) });
  return { out, err };
}

describe("a text from the server", () => {
  it("is printed without control characters of the terminal", () => {
    expect(printed(done(`Enrolled with ${HOSTILE}.`, {}), false).out).toBe(
      "Enrolled with [2J]0;owned31mAcme.\n",
    );
    expect(printed(failed("refused", `the server refused: ${HOSTILE}`), false).err).toBe(
      "muster-agent: the server refused: [2J]0;owned31mAcme\n",
    );
  });

  it("is complete in JSON, as escapes", () => {
    const { out } = printed(done("", { name: HOSTILE }), true);
    expect(out).toMatch(/^[\u0020-\u007e]+\n$/);
    expect(JSON.parse(out)).toEqual({ name: HOSTILE });
  });
});

it("shows the system's own words for a failure only in JSON", () => {
  const result = failed("unreached", "The server cannot be reached.", "connect ECONNREFUSED");
  expect(JSON.parse(printed(result, true).out)).toEqual({
    error: { code: "unreached", message: "The server cannot be reached.", cause: "connect ECONNREFUSED" },
  });
  expect(printed(result, false).err).toBe("muster-agent: The server cannot be reached.\n");
});
