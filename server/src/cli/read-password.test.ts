import { expect, it } from "vitest";
import { readPassword } from "./read-password.ts";

it("removes one line break from the end of standard input and nothing else", async () => {
  for (const [stdin, password] of [
    ["secret words\n", "secret words"],
    ["secret words\r\n", "secret words"],
    [" spaced  \n\n", " spaced  \n"],
  ] as const) {
    expect(await readPassword({ passwordStdin: true }, async () => stdin)).toEqual({
      password,
      isGenerated: false,
    });
  }
});

it("refuses an empty password", async () => {
  await expect(readPassword({ passwordStdin: true }, async () => "\n")).rejects.toThrow(
    "contains no password",
  );
});

it("creates a password of 120 random bits without reading standard input", async () => {
  const untouched = async (): Promise<string> => {
    throw new Error("standard input was read");
  };
  const made = await Promise.all([readPassword({}, untouched), readPassword({}, untouched)]);
  expect(made[0]?.password).toMatch(/^[\w-]{20}$/);
  expect(made[0]?.password).not.toBe(made[1]?.password);
});
