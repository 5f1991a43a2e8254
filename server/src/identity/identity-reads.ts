import type { AnyRead } from "../platform/read-threads/read.ts";
import { auditSearch } from "./audit/audit-search.ts";

/** The reads of this module that run on read threads. */
export const identityReads: readonly AnyRead[] = [auditSearch];
