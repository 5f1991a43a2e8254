/** How a request proves who it is from. */
export type Credential =
  | { kind: "none" }
  | { kind: "bearer"; secret: string }
  | { kind: "session"; cookie: string; origin: string };

export type Reply = {
  status: number;
  text: string;
  body: ReturnType<typeof JSON.parse>;
  cookie: string | null;
};

/** Sends one request and reads the answer; of a stream that stays open only its head. */
export async function send(
  base: string,
  method: string,
  path: string,
  credential: Credential,
  body?: unknown,
  more: Record<string, string> = {},
): Promise<Reply> {
  const headers = new Headers(more);
  if (credential.kind === "bearer") headers.set("authorization", `Bearer ${credential.secret}`);
  if (credential.kind === "session") {
    headers.set("cookie", credential.cookie);
    headers.set("origin", credential.origin);
  }
  if (body !== undefined) headers.set("content-type", "application/json");
  const init = {
    method: method.toUpperCase(),
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const answer = await fetch(base + path, init);
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? null;
  if (answer.headers.get("content-type") === "text/event-stream") {
    await answer.body?.cancel();
    return { status: answer.status, text: "", body: null, cookie };
  }
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
  return { status: answer.status, text, body: isJson ? JSON.parse(text) : null, cookie };
}
