import { describe, expect, test } from "vitest";
import { passwordRejection } from "./password-rules.ts";

const own = ["Ada Lovelace", "ada.lovelace@example.org", "Analytical Engines"];

describe("whyPasswordIsRefused", () => {
  test.each([
    "password123!",
    "P@ssw0rd2026",
    "passwordpassword",
    "qwertyuiop1",
    "Letmein!!!2024",
    "1q2w3e4r5t",
    "correct-horse-battery-staple",
    "iloveyou1234",
  ])("refuses %s, which is tried first", (password) => {
    expect(passwordRejection(password, own)).toContain("tried first");
  });

  test.each(["aaaaaaaaaa", "ababababab", "1122112211"])("refuses %s for its few characters", (password) => {
    expect(passwordRejection(password, own)).toContain("too few characters");
  });

  test.each(["1234567890", "abcdefghijkl", "9876543210"])("refuses the run %s", (password) => {
    expect(passwordRejection(password, own)).toContain("run of neighbouring");
  });

  test.each(["adalovelace2026", "Lovelace!1843", "AnalyticalEngines1"])(
    "refuses %s, a name of one's own",
    (password) => {
      expect(passwordRejection(password, own)).toContain("belongs to you");
    },
  );

  test.each(["kettle-orbit-mango", "Tr0ub4dor&3 on ice", "пингвин-на-крыше", "8#fQz!2mPv"])(
    "accepts %s",
    (password) => {
      expect(passwordRejection(password, own)).toBeNull();
    },
  );
});
