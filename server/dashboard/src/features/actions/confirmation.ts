import { plainName } from "../../ui/plain-name.ts";
import type { ActionTarget } from "./target-summary.ts";

/** What a person types before an action is asked for: how many devices it hits, or the name of the one that matters. */
export type Confirmation = { kind: "count"; count: number } | { kind: "name"; name: string };

const MANY = 10;
const CRITICAL_TAG = "critical";

/** Ten devices or more ask for their count, and so do several that are tagged critical; one of these asks for its name. */
export function confirmationFor(
  devices: readonly Pick<ActionTarget, "name" | "tags">[],
): Confirmation | null {
  const critical = devices.filter(({ tags }) => tags.some((tag) => tag.toLowerCase() === CRITICAL_TAG));
  const [only] = critical;
  if (devices.length >= MANY || critical.length > 1) return { kind: "count", count: devices.length };
  return only ? { kind: "name", name: plainName(only.name) } : null;
}

export function isConfirmed(confirmation: Confirmation | null, typed: string): boolean {
  if (confirmation === null) return true;
  const wanted = confirmation.kind === "count" ? String(confirmation.count) : confirmation.name.trim();
  return typed.trim() === wanted;
}
