/** The language as this person's region writes numbers and times: "en" becomes "en-GB" where the browser prefers that. */
export function regionalLanguage(language: string, preferred: readonly string[]): string {
  return preferred.find((tag) => isOf(tag, language)) ?? language;
}

// Chromium under the C locale reports "en-US@posix", which no formatter takes.
function isOf(tag: string, language: string): boolean {
  return /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(tag) && tag.toLowerCase().split("-")[0] === language;
}
