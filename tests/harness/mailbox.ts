import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from "./test-certificates.ts";

const MAIL_USER = { user: "muster", password: "p@ss word" };

export type ReceivedMail = {
  to: string[];
  /** Headers by their names in lower case, unfolded. */
  headers: Record<string, string>;
  /** The mail as it came. */
  raw: string;
  isEncrypted: boolean;
  user: string;
};

export type Mailbox = {
  /** For `MUSTER_SMTP_URL`. */
  smtpUrl: string;
  mails: ReceivedMail[];
  /** Refuses the next mails with these codes. */
  refuseNext(...codes: number[]): void;
  close(): Promise<void>;
};

/** A real mail server on loopback: `smtps` is TLS from the beginning, `smtp` is STARTTLS. Both want a password. */
export async function startMailbox(scheme: "smtp" | "smtps"): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const refusals: number[] = [];
  const server = new SMTPServer({
    secure: scheme === "smtps",
    cert: TEST_CERTIFICATE,
    key: TEST_CERTIFICATE_KEY,
    authMethods: ["PLAIN", "LOGIN"],
    // A password never goes over a connection without TLS.
    allowInsecureAuth: false,
    onAuth({ username = "", password }, _session, done) {
      const isKnown = username === MAIL_USER.user && password === MAIL_USER.password;
      if (isKnown) done(null, { user: username });
      else done(new Error("Wrong user or password"));
    },
    onRcptTo(_address, _session, done) {
      const code = refusals.shift();
      if (code === undefined) done();
      else done(Object.assign(new Error("Refused"), { responseCode: code }));
    },
    onData(stream, session, done) {
      let raw = "";
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        raw += chunk;
      });
      stream.on("end", () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          headers: headersOf(raw),
          raw,
          isEncrypted: session.secure,
          user: String(session.user),
        });
        done();
      });
    },
  });
  // Clients that give up in the middle are no failure of the server.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const account = `${MAIL_USER.user}:${encodeURIComponent(MAIL_USER.password)}`;
  return {
    smtpUrl: `${scheme}://${account}@127.0.0.1:${port}`,
    mails,
    refuseNext: (...codes) => void refusals.push(...codes),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function headersOf(raw: string): Record<string, string> {
  const [head = ""] = raw.split("\r\n\r\n");
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [name = "", ...rest] = line.split(": ");
      return [name.toLowerCase(), rest.join(": ")];
    }),
  );
}
