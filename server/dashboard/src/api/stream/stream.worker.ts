import { createRecentMessages } from "./recent-messages.ts";
import type { PageMessage, StreamMessage, StreamStart } from "./stream-messages.ts";
import { readStream } from "./stream-reader.ts";

/** One reader for all pages of one organization: the worker's name carries the organization, so each has its own. */
const pages = new Set<MessagePort>();
let lastConnection: StreamMessage | null = null;
let lastSummary: StreamMessage | null = null;
const recent = createRecentMessages(Date.now);
let reader: AbortController | null = null;

function tellAll(message: StreamMessage): void {
  if (message.kind === "connection") lastConnection = message;
  if (message.kind === "summary") lastSummary = message;
  recent.add(message);
  for (const page of pages) page.postMessage(message);
}

function start(from: StreamStart): void {
  if (reader) return;
  recent.begin();
  const controller = new AbortController();
  reader = controller;
  void readStream({ ...from, tell: tellAll, signal: controller.signal }).finally(() => {
    if (reader === controller) reader = null;
  });
}

function stop(page: MessagePort): void {
  pages.delete(page);
  if (pages.size > 0) return;
  reader?.abort();
  reader = null;
  lastConnection = null;
  lastSummary = null;
}

globalThis.addEventListener("connect", (event) => {
  const page = event instanceof MessageEvent ? event.ports[0] : undefined;
  if (!page) return;
  page.addEventListener("message", ({ data }: MessageEvent<PageMessage>) => {
    if (data.kind === "stop") return stop(page);
    pages.add(page);
    if (lastConnection) page.postMessage(lastConnection);
    if (lastSummary) page.postMessage(lastSummary);
    if (reader) for (const message of recent.since(data.readSince)) page.postMessage(message);
    start(data);
  });
  page.start();
});
