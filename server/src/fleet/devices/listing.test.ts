import { describe, expect, test } from "vitest";
import { type ListingFacts, listingOf } from "./listing.ts";

const facts: ListingFacts = {
  label: null,
  hostname: "Web-2",
  user_name: "Ada",
  serial: "8XK2L93",
  addresses: "192.0.2.17\n2001:db8::17",
  customer: "Acme",
  tags: '["Paris","lab"]',
  model: "Latitude 7440",
  macs: "52:54:00:ab:cd:ef",
  os_name: "Débian GNU/Linux 12",
  agent_version: "0.1.0",
  notes: "Rack 4, Müller",
};

function sorted(names: string[]): string[] {
  const keyed = names.map((hostname) => ({ hostname, key: listingOf({ ...facts, hostname }).name_sort }));
  return keyed
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
    .map((one) => one.hostname);
}

describe("listing of a device", () => {
  test("orders names naturally, whatever their case", () => {
    expect(sorted(["web-10", "Web-2", "alpha", "WEB-1"])).toEqual(["alpha", "WEB-1", "Web-2", "web-10"]);
  });

  test("is sorted by the label, and found by the host name too", () => {
    const listing = listingOf({ ...facts, label: "Reception" });
    expect(listing.name_sort).toBe("reception");
    expect(listing.search_text).toContain("web-2");
  });

  test.each([
    "web-2",
    "ada",
    "8xk2l93",
    "192.0.2.17",
    "2001:db8::17",
    "acme",
    "paris",
    "lab",
    "latitude 7440",
    "52:54:00:ab",
    "debian",
    "0.1.0",
    "rack 4, muller",
  ])("is found by %s", (text) => {
    expect(listingOf(facts).search_text).toContain(text);
  });

  test("sorts devices without a customer last", () => {
    const none = listingOf({ ...facts, customer: null }).customer_sort;
    const last = listingOf({ ...facts, customer: "\u{ffff}zz" }).customer_sort;
    expect(Buffer.compare(Buffer.from(last), Buffer.from(none))).toBeLessThan(0);
  });
});
