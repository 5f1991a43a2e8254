import { z } from "zod";
import { Id } from "../ids.ts";
import { PageQuery, pageOf } from "./page.ts";
import { Instant, line, lines, name } from "./text.ts";
import { MAX_CONTACTS, MAX_LIMIT_CUSTOMERS } from "../customers.ts";

/** Name of a customer. */
export const CustomerName = name(120);
const CustomerEmail = z.email().max(254).toLowerCase();

/** A customer by id and name, where another answer refers to it. */
export const CustomerRef = z.object({
  id: Id,
  /** Name of the customer. */
  name: z.string(),
});
export type CustomerRef = z.infer<typeof CustomerRef>;

/** Ids of the customers that a member or an API key is limited to; null for no limit. */
export const CustomerLimit = z.array(Id).max(MAX_LIMIT_CUSTOMERS).nullable();

/** A contact person of a customer. */
export const Contact = z.strictObject({
  /** Name of the person. */
  name: name(100),
  /** Role of the person at the customer; null when unknown. */
  role: name(100).nullable().default(null),
  /** E-mail address; null when unknown. */
  email: CustomerEmail.nullable().default(null),
  /** Phone number; null when unknown. */
  phone: line(50).nullable().default(null),
});
export type Contact = z.infer<typeof Contact>;

/** A customer as it is listed. */
export const Customer = z.object({
  id: Id,
  /** Name, unique in the organization. Case, accents and white space are ignored in the comparison. */
  name: z.string(),
  /** Legal name of the company; null when not given. */
  company: z.string().nullable(),
  /** E-mail address, unique in the organization; null when there is none. */
  email: z.string().nullable(),
  /** Number of devices of the customer, without archived ones. */
  devices: z.number().int(),
  /** When the customer was archived; null when it is not archived. */
  archivedAt: Instant.nullable(),
  /** Version of the customer, which increases with every change. Send it as `If-Match` to change only this version. */
  version: z.number().int(),
  /** When the customer was created. */
  createdAt: Instant,
  /** When the customer was last changed. */
  updatedAt: Instant,
  /** Name of who changed the customer last; null when it is not known. */
  updatedBy: z.string().nullable(),
});
export type Customer = z.infer<typeof Customer>;

/** A customer with contacts and notes. */
export const CustomerDetail = Customer.extend({
  /** Contact persons. */
  contacts: z.array(Contact),
  /** Notes. */
  notes: z.string(),
});
export type CustomerDetail = z.infer<typeof CustomerDetail>;

export const CustomerListQuery = PageQuery.extend({
  /** Words to find in name, company, e-mail address and contacts. All words must be found; case and accents are ignored. */
  search: z.string().trim().max(200).optional(),
  /** True for archived customers instead of the others. */
  archived: z.stringbool().default(false),
});
export type CustomerListQuery = z.infer<typeof CustomerListQuery>;
/** One page of customers in the natural order of their names. */
export const CustomerPage = pageOf(Customer);
export type CustomerPage = z.infer<typeof CustomerPage>;

/** A customer to create. */
export const NewCustomer = z.strictObject({
  /** Name, unique in the organization. Case, accents and white space are ignored in the comparison. */
  name: CustomerName,
  /** Legal name of the company. */
  company: name(200).nullable().default(null),
  /** E-mail address, unique in the organization. */
  email: CustomerEmail.nullable().default(null),
  /** Contact persons. */
  contacts: z.array(Contact).max(MAX_CONTACTS).default([]),
  /** Notes. */
  notes: lines(10_000).default(""),
});
export type NewCustomer = z.infer<typeof NewCustomer>;

/** Fields of a customer to change. Fields that are left out stay as they are. */
export const CustomerChange = z
  .strictObject({
    /** Name, unique in the organization. Case, accents and white space are ignored in the comparison. */
    name: CustomerName,
    /** Legal name of the company. */
    company: name(200).nullable(),
    /** E-mail address, unique in the organization. */
    email: CustomerEmail.nullable(),
    /** Contact persons; replaces the list. */
    contacts: z.array(Contact).max(MAX_CONTACTS),
    /** Notes. */
    notes: lines(10_000),
  })
  .partial();
export type CustomerChange = z.infer<typeof CustomerChange>;

/** The customer that receives the devices, tokens and limits of the merged one. */
export const CustomerMerge = z.strictObject({
  /** Id of the customer that is kept. */
  into: Id,
});
export type CustomerMerge = z.infer<typeof CustomerMerge>;
