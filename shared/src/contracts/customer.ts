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

/** The customers that a member or an API key is limited to; null without a limit. */
export const CustomerLimit = z.array(Id).max(MAX_LIMIT_CUSTOMERS).nullable();

/** Somebody to call or write to at a customer. */
export const Contact = z.strictObject({
  /** Name of the person. */
  name: name(100),
  /** What the person does there; null when unknown. */
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
  /** Unique in the organization, whatever the case, accents and white space. */
  name: z.string(),
  /** Legal name of the company; null when not given. */
  company: z.string().nullable(),
  /** Unique in the organization where it is given. */
  email: z.string().nullable(),
  /** Devices of the customer that are not archived. */
  devices: z.number().int(),
  /** When the customer was archived; null while it is not. */
  archivedAt: Instant.nullable(),
  /** Increases with every change; sent back as `If-Match`, a change applies to this version only. */
  version: z.number().int(),
  /** When the customer was created. */
  createdAt: Instant,
  /** When the customer was last changed. */
  updatedAt: Instant,
  /** Name of who changed the customer last; null when it is not known. */
  updatedBy: z.string().nullable(),
});
export type Customer = z.infer<typeof Customer>;

/** A customer with everything that is known about it. */
export const CustomerDetail = Customer.extend({
  /** Whom to call or write to. */
  contacts: z.array(Contact),
  /** Free text. */
  notes: z.string(),
});
export type CustomerDetail = z.infer<typeof CustomerDetail>;

export const CustomerListQuery = PageQuery.extend({
  /** Found in name, company, e-mail address and contacts, whatever the case and accents; every word must be found. */
  search: z.string().trim().max(200).optional(),
  /** Archived customers in place of the others. */
  archived: z.stringbool().default(false),
});
export type CustomerListQuery = z.infer<typeof CustomerListQuery>;
/** One page of customers in the natural order of their names. */
export const CustomerPage = pageOf(Customer);
export type CustomerPage = z.infer<typeof CustomerPage>;

/** A customer to create. */
export const NewCustomer = z.strictObject({
  /** Unique in the organization, whatever the case, accents and white space. */
  name: CustomerName,
  /** Legal name of the company. */
  company: name(200).nullable().default(null),
  /** E-mail address, unique in the organization. */
  email: CustomerEmail.nullable().default(null),
  /** Whom to call or write to. */
  contacts: z.array(Contact).max(MAX_CONTACTS).default([]),
  /** Free text. */
  notes: lines(10_000).default(""),
});
export type NewCustomer = z.infer<typeof NewCustomer>;

/** A field that is left out stays as it is. */
export const CustomerChange = z
  .strictObject({
    /** Unique in the organization, whatever the case, accents and white space. */
    name: CustomerName,
    /** Legal name of the company. */
    company: name(200).nullable(),
    /** E-mail address, unique in the organization. */
    email: CustomerEmail.nullable(),
    /** Whom to call or write to; replaces the list. */
    contacts: z.array(Contact).max(MAX_CONTACTS),
    /** Free text. */
    notes: lines(10_000),
  })
  .partial();
export type CustomerChange = z.infer<typeof CustomerChange>;

/** Which customer gets the devices, tokens and limits of the one that is merged into it. */
export const CustomerMerge = z.strictObject({
  /** Id of the customer that stays. */
  into: Id,
});
export type CustomerMerge = z.infer<typeof CustomerMerge>;
