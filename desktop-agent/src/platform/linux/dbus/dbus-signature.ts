/** A value on the bus: structs and arrays are lists, a dictionary is a list of pairs, a variant is what it holds. */
export type DbusValue = string | number | boolean | DbusValue[];

const CODES_BY_ALIGNMENT = [
  { codes: "ygv", alignment: 1 },
  { codes: "nq", alignment: 2 },
  { codes: "biuhsoa", alignment: 4 },
  { codes: "xtd({", alignment: 8 },
] as const;

const CLOSING = new Map([
  ["(", ")"],
  ["{", "}"],
]);
const MAX_DEPTH = 32;

/** Splits a signature into its complete types: "sa{sv}(uu)" into "s", "a{sv}", "(uu)". @throws on what is no signature. */
export function splitSignature(signature: string): string[] {
  const types: string[] = [];
  let start = 0;
  while (start < signature.length) {
    const end = endOfType(signature, start, 0);
    types.push(signature.slice(start, end));
    start = end;
  }
  return types;
}

/** Bytes on whose multiple a value of this type starts. */
export function alignmentOf(type: string): number {
  const code = type.charAt(0);
  const group = CODES_BY_ALIGNMENT.find(({ codes }) => code !== "" && codes.includes(code));
  if (group === undefined) throw new Error(`Unknown D-Bus type ${JSON.stringify(type.slice(0, 8))}.`);
  return group.alignment;
}

function endOfType(signature: string, start: number, depth: number): number {
  const code = signature.charAt(start);
  alignmentOf(code);
  if (depth > MAX_DEPTH) throw new Error("The D-Bus signature is nested too deeply.");
  if (code === "a") return endOfType(signature, start + 1, depth + 1);
  const closing = CLOSING.get(code);
  if (closing === undefined) return start + 1;
  let end = start + 1;
  while (signature.charAt(end) !== closing) end = endOfType(signature, end, depth + 1);
  // A struct of nothing would take no bytes, and an array of them would never end.
  if (end === start + 1) throw new Error("A D-Bus struct must not be empty.");
  return end + 1;
}
