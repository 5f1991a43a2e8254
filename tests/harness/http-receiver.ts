import http from "node:http";
import type { AddressInfo } from "node:net";

export type ReceivedRequest = {
  path: string;
  headers: Record<string, string>;
  text: string;
  /** The body as JSON has it. */
  json: ReturnType<typeof JSON.parse>;
};

export type HttpReceiver = {
  url: string;
  received: ReceivedRequest[];
  /** Answers the next requests with these statuses, or none at all for 0; then 200 again. */
  answerNext(...statuses: number[]): void;
  /** Leaves requests without an answer until `releaseAll`. */
  holdAll(): void;
  releaseAll(): void;
  /** Forgets what came, and the statuses that are left. */
  reset(): void;
  close(): Promise<void>;
};

/** A real receiver of webhooks on loopback that keeps what it gets. */
export async function startHttpReceiver(): Promise<HttpReceiver> {
  const received: ReceivedRequest[] = [];
  const statuses: number[] = [];
  const held: (() => void)[] = [];
  let isHolding = false;
  const server = http.createServer((request, answer) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
      received.push({
        path: request.url ?? "",
        headers: Object.fromEntries(headers),
        text,
        json: text === "" ? null : JSON.parse(text),
      });
      const status = statuses.shift() ?? 200;
      const respond = () => {
        if (status === 0) answer.destroy();
        else answer.writeHead(status).end("thanks");
      };
      if (isHolding) held.push(respond);
      else respond();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    holdAll() {
      isHolding = true;
    },
    releaseAll() {
      isHolding = false;
      for (const respond of held.splice(0)) respond();
    },
    reset() {
      received.length = 0;
      statuses.length = 0;
    },
    answerNext: (...next) => void statuses.push(...next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
