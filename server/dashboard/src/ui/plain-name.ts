/** Characters that turn the direction of text around, by which "exe.gpj" could pass for "jpg.exe". */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name from a device as it may be shown: letters of any script, but none that reorder their neighbours. */
export function plainName(name: string): string {
  return name.replaceAll(DIRECTION_MARKS, "");
}
