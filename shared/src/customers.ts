/** In place of a customer's id in a filter: the devices that have no customer. */
export const NO_CUSTOMER = "none";

/** Customers that a member or an API key can be limited to. */
export const MAX_LIMIT_CUSTOMERS = 100;

/** Contacts of a customer. */
export const MAX_CONTACTS = 20;
