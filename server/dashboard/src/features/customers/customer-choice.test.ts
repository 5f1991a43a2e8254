import { expect, test } from "vitest";
import { customerFields, optionsOf, valueOf } from "./customer-choice.ts";

const ACME = { id: "1", name: "Acmé" };
const options = { found: [ACME], chosen: null, search: "", mayCreate: true };

test("offers a new customer only for a name that none has, whatever its case and accents", () => {
  expect(optionsOf(options)).toEqual([ACME]);
  expect(optionsOf({ ...options, search: " acme " })).toEqual([ACME]);
  expect(optionsOf({ ...options, search: "New  one" })).toEqual([ACME, { id: null, name: "New one" }]);
  expect(optionsOf({ ...options, search: "New one", mayCreate: false })).toEqual([ACME]);
});

test("keeps what is chosen among the options while others are searched", () => {
  const chosen = { id: null, name: "Mine" };
  expect(optionsOf({ ...options, chosen })).toEqual([chosen, ACME]);
  expect(optionsOf({ ...options, chosen: ACME })).toEqual([ACME]);
  expect(valueOf(chosen)).not.toBe(valueOf({ id: "Mine", name: "Mine" }));
});

test("names a customer by id, a new one by name, and none by null", () => {
  expect(customerFields(ACME)).toEqual({ customerId: "1" });
  expect(customerFields({ id: null, name: "New" })).toEqual({ customer: "New" });
  expect(customerFields(null)).toEqual({ customerId: null });
});
