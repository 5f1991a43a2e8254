/** What can be done with selected devices, apart from exporting them. */
export type SelectionVerb =
  | "tag"
  | "customer"
  | "class"
  | "dependency"
  | "maintenance"
  | "archive"
  | "restore";
