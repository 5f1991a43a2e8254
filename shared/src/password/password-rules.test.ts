import { describe, expect, test } from "vitest";
import { COMMON_PASSWORD_STEMS } from "./common-passwords.ts";
import { passwordProblem } from "./password-rules.ts";

const own = ["Ada Lovelace", "ada.lovelace@example.org", "Analytical Engines"];
const problemOf = (password: string) => passwordProblem(password, own, COMMON_PASSWORD_STEMS);

describe("passwordProblem", () => {
  test.each([
    "password123",
    "password123!",
    "P@ssw0rd2026",
    "passwordpassword",
    "qwertyuiop1",
    "Letmein!!!2024",
    "1q2w3e4r5t",
    "correct-horse-battery-staple",
    "iloveyou1234",
  ])("rejects %s, one of the most common passwords", (password) => {
    expect(problemOf(password)).toBe("common");
  });

  test.each(["aaaaaaaaaa", "ababababab", "1122112211"])(
    "rejects %s, which has too few different characters",
    (password) => {
      expect(problemOf(password)).toBe("repetitive");
    },
  );

  test.each(["1234567890", "abcdefghijkl", "9876543210"])("rejects the sequence %s", (password) => {
    expect(problemOf(password)).toBe("sequence");
  });

  test.each(["adalovelace2026", "Lovelace!1843", "AnalyticalEngines1"])(
    "rejects %s, a name of the user",
    (password) => {
      expect(problemOf(password)).toBe("personal");
    },
  );

  test("rejects fewer than ten characters", () => {
    expect(problemOf("8#fQz!2mP")).toBe("too-short");
  });

  test.each(["kettle-orbit-mango", "Tr0ub4dor&3 on ice", "пингвин-на-крыше", "8#fQz!2mPv"])(
    "accepts %s",
    (password) => {
      expect(problemOf(password)).toBeNull();
    },
  );
});
