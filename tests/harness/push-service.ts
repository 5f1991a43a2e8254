import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A message as a push service gets it, and what the browser reads in it. */
export type Push = {
  path: string;
  headers: http.IncomingHttpHeaders;
  /** The statement of the server that sends (RFC 8292), after its signature was verified. */
  sender: { aud: string; exp: number; sub: string };
  /** The key with which it is signed, in base64url. */
  senderKey: string;
  /** Decrypted with the keys of the browser. */
  content: ReturnType<typeof JSON.parse>;
};

/** A browser with a subscription: what `PushSubscription.toJSON()` says. */
export type PushBrowser = { endpoint: string; keys: { p256dh: string; auth: string } };

export type PushService = {
  url: string;
  received: Push[];
  /** Answers the next requests with these statuses, then 201 again. */
  answerNext(...statuses: number[]): void;
  /** Makes a browser with keys of its own. */
  subscribe(): PushBrowser;
  close(): Promise<void>;
};

type Keys = { curve: ECDH; auth: Buffer };

/** A push service on loopback with its browsers: it checks the signature of each message, and decrypts it as a browser does (RFC 8188, 8291, 8292). */
export async function startPushService(): Promise<PushService> {
  const received: Push[] = [];
  const statuses: number[] = [];
  const browsers = new Map<string, Keys>();
  const server = http.createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const keys = browsers.get(request.url ?? "");
      if (!keys) return answer.writeHead(404).end();
      const { headers } = request;
      const content = decrypt(Buffer.concat(chunks), keys);
      received.push({
        path: request.url ?? "",
        headers,
        content: JSON.parse(content),
        ...readSender(headers),
      });
      return answer.writeHead(statuses.shift() ?? 201).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    received,
    answerNext: (...next) => void statuses.push(...next),
    subscribe() {
      const path = `/send/${randomBytes(16).toString("base64url")}`;
      const keys = { curve: createECDH("prime256v1"), auth: randomBytes(16) };
      keys.curve.generateKeys();
      browsers.set(path, keys);
      return {
        endpoint: url + path,
        keys: { p256dh: keys.curve.getPublicKey("base64url"), auth: keys.auth.toString("base64url") },
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One record of aes128gcm: salt, record size, key of the sender, ciphertext with its tag. */
function decrypt(body: Buffer, { curve, auth }: Keys): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const senderKey = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const keyInfo = Buffer.concat([Buffer.from("WebPush: info\0"), curve.getPublicKey(), senderKey]);
  const secret = Buffer.from(hkdfSync("sha256", curve.computeSecret(senderKey), auth, keyInfo, 32));
  const key = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: nonce\0", 12));
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
}

function readSender({ authorization = "" }: http.IncomingHttpHeaders): Pick<Push, "sender" | "senderKey"> {
  const [, token = "", senderKey = ""] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(senderKey, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const signed = Buffer.from(`${head}.${claims}`);
  const isValid = verify(
    "sha256",
    signed,
    { key, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isValid) throw new Error("the signature of the sender is wrong");
  return { sender: JSON.parse(Buffer.from(claims, "base64url").toString("utf8")), senderKey };
}
