import fc from "fast-check";

/** Replacements for a number: none of them may be returned as a value. */
const ODD_NUMBERS = [
  "-1",
  "NaN",
  "Infinity",
  "1e400",
  "99999999999999999999999",
  "0x10",
  "",
  "٣",
  "1,5",
  "-0",
];

/** Characters that parsers, terminals and databases trip over, among plain ones. */
const ODD = Array.from('aZ09 .:,-/%"=\n\t\r\u0000\u001b\u007f\u2028\ufeffé😀').concat("\ud800");
const ODD_CHARACTERS = fc.nat(ODD.length - 1).map((index) => ODD[index] ?? "a");

/**
 * Broken output of an operating system: truncated, with replaced numbers, with foreign text in the middle, or empty.
 */
export function hostileText(sample: string): fc.Arbitrary<string> {
  const position = fc.nat(sample.length);
  return fc.oneof(
    fc.constant(sample),
    position.map((end) => sample.slice(0, end)),
    fc
      .tuple(position, fc.string({ unit: ODD_CHARACTERS, maxLength: 40 }))
      .map(([at, text]) => sample.slice(0, at) + text + sample.slice(at)),
    fc
      .tuple(fc.nat(30), fc.constantFrom(...ODD_NUMBERS))
      .map(([which, odd]) => replaceNumber(sample, which, odd)),
    fc.constantFrom(...ODD_NUMBERS).map((odd) => sample.replaceAll(/\d+/g, odd)),
    fc.string({ unit: ODD_CHARACTERS }),
  );
}

function replaceNumber(sample: string, which: number, odd: string): string {
  let seen = -1;
  return sample.replaceAll(/\d+/g, (number) => {
    seen += 1;
    return seen === which ? odd : number;
  });
}
