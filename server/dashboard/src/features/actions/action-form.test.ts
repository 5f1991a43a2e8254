import { describe, expect, it } from "vitest";
import { isConfirmed } from "../../ui/typed-confirmation.tsx";
import { confirmationFor } from "./action-form.tsx";

const device = (name: string, ...tags: string[]) => ({ name, tags });
const many = (count: number) => Array.from({ length: count }, (_, index) => device(`web-${index}`));

describe("what a user types before an action", () => {
  it("is nothing for a few ordinary devices", () => {
    expect(confirmationFor(many(9))).toBeNull();
    expect(isConfirmed(null, "")).toBe(true);
  });

  it("is the count for ten devices or more", () => {
    expect(confirmationFor(many(10))).toEqual({ kind: "count", count: 10 });
  });

  it.each(["10001", "10,001", "10.001", "10 001", "10\u202f001"])(
    "is a count as the label shows it: %s",
    (typed) => {
      expect(isConfirmed({ kind: "count", count: 10_001 }, typed)).toBe(true);
      expect(isConfirmed({ kind: "count", count: 10_002 }, typed)).toBe(false);
    },
  );

  it("is no count with groups of another size", () => {
    expect(isConfirmed({ kind: "count", count: 10 }, "1,0")).toBe(false);
  });

  it("is the name of the one device that is tagged critical", () => {
    const confirmation = confirmationFor([...many(2), device("vault ", "Critical")]);
    expect(confirmation).toEqual({ kind: "name", name: "vault " });
    expect(isConfirmed(confirmation, "vault")).toBe(true);
    expect(isConfirmed(confirmation, "vau")).toBe(false);
  });

  it("is the count when several are tagged critical", () => {
    const confirmation = confirmationFor([device("a", "critical"), device("b", "critical")]);
    expect(confirmation).toEqual({ kind: "count", count: 2 });
    expect(isConfirmed(confirmation, " 2 ")).toBe(true);
    expect(isConfirmed(confirmation, "3")).toBe(false);
  });
});
