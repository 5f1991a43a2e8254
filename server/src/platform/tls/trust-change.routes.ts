import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import {
  TrustChange,
  type TrustChangeStatement,
  TrustChangeQuery,
} from "@muster/shared/contracts/trust-change.ts";
import type { Clock } from "../clock.ts";
import { MusterError } from "../errors.ts";
import { type Route, route } from "../http/route.ts";
import { selfMadeTlsFiles } from "./self-made-tls.ts";

type Options = {
  dataDir: string;
  publicUrl: string;
  /** While agents still have to pin the authority, nobody gets a signature: it would let them trust another certificate. */
  usesSelfMadeTls: boolean;
  clock: Clock;
};

/** Lets agents that pinned the self-made authority find out, from the authority itself, that a real certificate took its place. */
export function createTrustChangeRoutes(options: Options): Route[] {
  return [
    route(
      {
        method: "get",
        path: AGENT_PATHS.trustChange,
        operationId: "getTrustChange",
        summary: "Get the signed consent of the server's own authority to trust those of the system instead",
        group: "Agents",
        access: { by: "public" },
        query: TrustChangeQuery,
        answer: TrustChange,
        status: 200,
        errors: ["not-found"],
      },
      async ({ query: { nonce } }) => {
        const key = readKey(options);
        if (key === null)
          throw new MusterError("not-found", "This server does not change its certificate authority.");
        const content: TrustChangeStatement = {
          says: "trust-system-authorities",
          server: options.publicUrl,
          nonce,
          at: options.clock.now(),
        };
        const statement = JSON.stringify(content);
        return { statement, signature: sign("sha256", Buffer.from(statement), key).toString("base64url") };
      },
    ),
  ];
}

function readKey({ dataDir, publicUrl, usesSelfMadeTls }: Options): KeyObject | null {
  const { authorityKeyFile } = selfMadeTlsFiles(dataDir);
  if (usesSelfMadeTls || !publicUrl.startsWith("https:") || !existsSync(authorityKeyFile)) return null;
  return createPrivateKey(readFileSync(authorityKeyFile));
}
