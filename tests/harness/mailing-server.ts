import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Dialect } from "../../server/src/platform/database/store.ts";
import { openShell, type TestShell } from "./command-line.ts";
import { startComposedServer } from "./composed-server.ts";
import { type Mailbox, startMailbox } from "./mailbox.ts";
import { TEST_AUTHORITY } from "./test-certificates.ts";

export type MailingServer = {
  url: string;
  shell: TestShell;
  mailbox: Mailbox;
  remove(): Promise<void>;
};

/** The whole server, which sends its mails to a real mail server. It has one organization, so that it is set up. */
export async function startMailingServer(dialect: Dialect): Promise<MailingServer> {
  const [shell, mailbox] = await Promise.all([openShell(dialect), startMailbox("smtps")]);
  await shell.run(["org", "create", "First"]);
  const authority = path.join(path.dirname(shell.dataDir), "authority.pem");
  await writeFile(authority, TEST_AUTHORITY);
  const server = await startComposedServer({
    ...shell.environment,
    MUSTER_SMTP_URL: mailbox.smtpUrl,
    MUSTER_SMTP_CA_FILE: authority,
    MUSTER_MAIL_FROM: "Muster <muster@example.org>",
  });
  return {
    url: server.url,
    shell,
    mailbox,
    async remove() {
      await server.close();
      await mailbox.close();
      await shell.remove();
    },
  };
}
