/** Whether a text is the address of a mail server, with or without an account. */
export function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^smtps?:$/.test(url.protocol) &&
    url.hostname !== "" &&
    /^\/?$/.test(url.pathname) &&
    url.search === ""
  );
}

/** An address, or a name and an address in angle brackets, without characters that mean something in a mail's header. */
export function isSender(text: string): boolean {
  return /^(?:[^<>"\\,;:\p{Cc}]{1,100} <[^\s<>@"(),:;]+@[\w.-]+>|[^\s<>@"(),:;]+@[\w.-]+)$/u.test(text);
}
