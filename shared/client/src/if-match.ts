/**
 * The header that applies a change to one version only: `params: { path: { id }, header: ifMatch(device) }`. When somebody changed it in the
 * meantime, the server answers 412, "precondition-failed".
 */
export function ifMatch({ version }: { version: number }): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}
