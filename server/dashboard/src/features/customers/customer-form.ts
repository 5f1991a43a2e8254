import type { CustomerChange, CustomerDetail, NewCustomer } from "@muster/shared/contracts/customer.ts";

type ContactForm = { key: string; name: string; role: string; email: string; phone: string };

/** The form of a customer: an empty text stands for what is not given. */
export type CustomerForm = {
  name: string;
  company: string;
  email: string;
  contacts: ContactForm[];
  notes: string;
};

export const NO_CONTACT: Omit<ContactForm, "key"> = { name: "", role: "", email: "", phone: "" };

export function formOf(customer: CustomerDetail | null): CustomerForm {
  return {
    name: customer?.name ?? "",
    company: customer?.company ?? "",
    email: customer?.email ?? "",
    notes: customer?.notes ?? "",
    contacts: (customer?.contacts ?? []).map((contact, index) => ({
      key: String(index),
      name: contact.name,
      role: contact.role ?? "",
      email: contact.email ?? "",
      phone: contact.phone ?? "",
    })),
  };
}

export function toNewCustomer(form: CustomerForm): NewCustomer {
  return {
    name: form.name,
    company: given(form.company),
    email: given(form.email),
    notes: form.notes,
    contacts: form.contacts.map(({ name, role, email, phone }) => ({
      name,
      role: given(role),
      email: given(email),
      phone: given(phone),
    })),
  };
}

/** What differs from the customer that the form was made of. */
export function toChange(form: CustomerForm, customer: CustomerDetail): CustomerChange {
  const { name, company, email, notes, contacts } = toNewCustomer(form);
  return {
    ...(name !== customer.name && { name }),
    ...(company !== customer.company && { company }),
    ...(email !== customer.email && { email }),
    ...(notes !== customer.notes && { notes }),
    ...(JSON.stringify(contacts) !== JSON.stringify(customer.contacts) && { contacts }),
  };
}

function given(text: string): string | null {
  return text.trim() === "" ? null : text;
}
