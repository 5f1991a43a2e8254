import {
  CustomerChange,
  CustomerDetail,
  CustomerListQuery,
  CustomerMerge,
  CustomerPage,
  NewCustomer,
} from "@muster/shared/contracts/customer.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { MusterError } from "../../platform/errors.ts";
import { isLimited } from "../../platform/http/caller.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import { changedBy } from "../devices/device.routes.ts";
import type { Customers } from "./customer.service.ts";
import type { MergeCustomers } from "./customer-merge.service.ts";

const READ = {
  by: "member",
  role: "viewer",
  scope: "read",
  appliesCustomerLimit: true,
} as const satisfies Access;
const CHANGE = {
  by: "member",
  role: "operator",
  scope: "write",
  appliesCustomerLimit: true,
} as const satisfies Access;
const CREATE = { by: "member", role: "operator", scope: "write" } as const satisfies Access;
const ADMINISTER = { by: "member", role: "admin", scope: "write" } as const satisfies Access;
const group = "Customers";
const params = z.object({ id: Id });

/** Lists and changes customers. */
export function createCustomerRoutes(deps: { customers: Customers; merge: MergeCustomers }): Route[] {
  const { customers, merge } = deps;
  return [
    route(
      {
        method: "get",
        path: "/api/v1/customers",
        operationId: "listCustomers",
        summary: "List customers by name, with the number of their devices",
        group,
        access: READ,
        query: CustomerListQuery,
        answer: CustomerPage,
        status: 200,
        errors: ["bad-request"],
      },
      ({ caller, query }) => customers.list(caller, query),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/customers/{id}",
        operationId: "getCustomer",
        summary: "Get a customer with contacts and notes",
        group,
        access: READ,
        params,
        answer: CustomerDetail,
        hasVersion: true,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => customers.get(caller, id),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/customers",
        operationId: "createCustomer",
        summary: "Create a customer",
        group,
        access: CREATE,
        body: NewCustomer,
        answer: CustomerDetail,
        hasVersion: true,
        status: 201,
        errors: ["conflict"],
      },
      ({ caller, body, requestId }) => customers.create(caller.orgId, body, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/customers/{id}",
        operationId: "updateCustomer",
        summary: "Change a customer",
        group,
        access: CHANGE,
        params,
        body: CustomerChange,
        answer: CustomerDetail,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      (request) => {
        const {
          caller,
          params: { id },
          body,
          requestId,
          version,
        } = request;
        // Whether a name or an address is taken would tell of customers outside the limit.
        if (isLimited(caller) && (body.name !== undefined || body.email !== undefined)) {
          throw new MusterError(
            "forbidden",
            "Only members without a customer limit change names and addresses.",
          );
        }
        return customers.change(caller, id, { change: body, version }, changedBy(caller, requestId));
      },
    ),
    ...createAdministration(deps.customers),
    route(
      {
        method: "post",
        path: "/api/v1/customers/{id}/merge",
        operationId: "mergeCustomers",
        summary: "Merge a customer into another one, and delete it",
        group,
        access: ADMINISTER,
        params,
        body: CustomerMerge,
        answer: CustomerDetail,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, body, requestId }) =>
        merge(caller.orgId, id, body.into, changedBy(caller, requestId)),
    ),
  ];
}

function createAdministration(customers: Customers): Route[] {
  const setArchived = (verb: "archive" | "restore", summary: string) =>
    route(
      {
        method: "post",
        path: `/api/v1/customers/{id}/${verb}`,
        operationId: `${verb}Customer`,
        summary,
        group,
        access: ADMINISTER,
        params,
        answer: CustomerDetail,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) =>
        customers.setArchived(caller.orgId, id, verb === "archive", changedBy(caller, requestId)),
    );
  return [
    setArchived("archive", "Archive a customer; its devices stay as they are"),
    setArchived("restore", "Restore an archived customer"),
    route(
      {
        method: "delete",
        path: "/api/v1/customers/{id}",
        operationId: "deleteCustomer",
        summary: "Delete a customer that has no devices, valid tokens or limits",
        group,
        access: ADMINISTER,
        params,
        status: 204,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) =>
        customers.remove(caller.orgId, id, changedBy(caller, requestId)),
    ),
  ];
}
