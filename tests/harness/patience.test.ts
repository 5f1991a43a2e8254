import { expect, it, vi } from "vitest";

// The default of vitest, which a busy machine reaches now and then.
const ONE_SECOND_MS = 1_000;

it("waits longer than a second where a test gives no limit", async () => {
  const beganMs = performance.now();
  const isLate = () => performance.now() - beganMs > ONE_SECOND_MS + 200;
  await Promise.all([
    vi.waitUntil(isLate),
    vi.waitFor(() => expect(isLate()).toBe(true), { interval: 20 }),
    expect.poll(isLate).toBe(true),
  ]);
});

it("keeps the limit that a test gives", async () => {
  const never = () => expect(1).toBe(2);
  await expect(vi.waitFor(never, 20)).rejects.toThrow("expected 1 to be 2");
  await expect(vi.waitFor(never, { timeout: 20 })).rejects.toThrow("expected 1 to be 2");
});
