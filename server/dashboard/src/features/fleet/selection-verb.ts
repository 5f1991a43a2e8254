/** What can be done with selected devices besides exporting them. */
export type SelectionVerb = "tag" | "customer" | "maintenance" | "archive" | "restore";
