/** In place of a view's id: all devices, whatever view comes first. */
export const NO_VIEW = "all";

/** The view that an address of the fleet page names: its id, `NO_VIEW`, or null. */
export function viewIdOf(search: string): string | null {
  const id = new URLSearchParams(search).get("view");
  return id !== null && (id === NO_VIEW || /^[0-9a-f-]{36}$/.test(id)) ? id : null;
}

/** The address of the fleet page with a view and the text of a query, either of them empty. */
export function addressOf(viewId: string | null, query: string): string {
  const parts = [viewId === null ? "" : `view=${viewId}`, query].filter((part) => part !== "");
  return parts.length === 0 ? "/" : `/?${parts.join("&")}`;
}
