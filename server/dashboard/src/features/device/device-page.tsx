export function DevicePage(_: { id?: string }) {
  return null;
}
