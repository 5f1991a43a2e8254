/** Keeps the last answer of a pure, costly function of a text, and asks it again only for another text. */
export function memoizeLast<T>(compute: (text: string) => T): (text: string) => T {
  let last: { text: string; answer: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, answer: compute(text) };
    return last.answer;
  };
}
