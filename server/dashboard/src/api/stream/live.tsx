import type { DeviceDetail, DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { ActionsEvent, AlarmsEvent, DevicesEvent } from "@muster/shared/contracts/stream.ts";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { sessionEnded } from "../session.ts";
import type { Connection, PageMessage, StreamMessage, StreamStart } from "./stream-messages.ts";

export type LiveListener = {
  onDevices?: (event: DevicesEvent) => void;
  onActions?: (event: ActionsEvent) => void;
  onAlarms?: (event: AlarmsEvent) => void;
  onResync?: () => void;
};

type Live = { connection: Connection; listen: (listener: LiveListener) => () => void };

const LiveContext = createContext<Live | null>(null);

/** Tracks the stream of the organization for all pages below, and keeps the summary and open devices up to date. */
export function LiveProvider({
  organization,
  since,
  children,
}: {
  organization: string;
  /** The position of the stream before everything that the pages read. */
  since: string | null;
  children: ReactNode;
}) {
  const queryClient = useQueryClient();
  const [connection, setConnection] = useState<Connection>(() => ({
    state: "connecting",
    since: Date.now(),
  }));
  const [listeners] = useState(() => new Set<LiveListener>());
  const [firstSince] = useState(since);

  useEffect(() => {
    const tell = (message: StreamMessage) => {
      if (message.kind === "connection") setConnection(message.connection);
      if (message.kind === "session-ended") sessionEnded();
      updateQueries(queryClient, message);
      for (const listener of listeners) {
        if (message.kind === "devices") listener.onDevices?.(message.event);
        if (message.kind === "actions") listener.onActions?.(message.event);
        if (message.kind === "alarms") listener.onAlarms?.(message.event);
        if (message.kind === "resync") listener.onResync?.();
      }
    };
    return followStream({ organization, since: firstSince, readSince: Date.now() - performance.now() }, tell);
  }, [organization, firstSince, queryClient, listeners]);

  const live = useMemo<Live>(
    () => ({
      connection,
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    [connection, listeners],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive is only for pages inside LiveProvider");
  return live;
}

function updateQueries(queryClient: QueryClient, message: StreamMessage): void {
  switch (message.kind) {
    case "summary":
      queryClient.setQueryData(["summary"], message.summary);
      return;
    case "devices":
      for (const device of message.event.changed) updateDevice(queryClient, device);
      for (const id of message.event.removed)
        void queryClient.invalidateQueries({ queryKey: ["device", id] });
      return;
    case "resync":
      void queryClient.invalidateQueries();
      return;
    case "actions":
    case "alarms":
    case "connection":
    case "session-ended":
      return;
  }
}

/** A request under way may answer with older values than the row has, so it is made again. */
function updateDevice(queryClient: QueryClient, row: DeviceSummary): void {
  const queryKey = ["device", row.id];
  queryClient.setQueryData<DeviceDetail>(queryKey, (known) => mergeDetail(known, row));
  void queryClient.invalidateQueries({ queryKey, exact: true, fetchStatus: "fetching" });
}

/**
 * Tracks the stream of changes of one organization. All pages of a browser share one connection through a SharedWorker;
 * where there is none (Chrome for Android), each page has its own reader. Returns a function that stops.
 */
function followStream(from: StreamStart, tell: (message: StreamMessage) => void): () => void {
  if (typeof SharedWorker === "undefined") return followAlone(from, tell);
  const worker = new SharedWorker(new URL("./stream.worker.ts", import.meta.url), {
    type: "module",
    name: `muster-stream-${from.organization ?? "default"}`,
  });
  const send = (message: PageMessage) => worker.port.postMessage(message);
  const start = () => send({ kind: "start", ...from });
  const stop = () => send({ kind: "stop" });
  worker.port.addEventListener("message", ({ data }: MessageEvent<StreamMessage>) => tell(data));
  worker.port.start();
  start();
  // A page from the back-forward cache reconnects when it is shown again.
  const restart = (event: PageTransitionEvent) => {
    if (!event.persisted) return;
    start();
    tell({ kind: "resync" });
  };
  globalThis.addEventListener("pagehide", stop);
  globalThis.addEventListener("pageshow", restart);
  return () => {
    globalThis.removeEventListener("pagehide", stop);
    globalThis.removeEventListener("pageshow", restart);
    stop();
    worker.port.close();
  };
}

function followAlone(from: StreamStart, tell: (message: StreamMessage) => void): () => void {
  const controller = new AbortController();
  void import("./stream-reader.ts").then(({ readStream }) =>
    readStream({ ...from, tell, signal: controller.signal }),
  );
  return () => controller.abort();
}

/** An open device with the newer values of its row; undefined when that device is not open. */
function mergeDetail(known: DeviceDetail | undefined, row: DeviceSummary): DeviceDetail | undefined {
  return known === undefined ? undefined : { ...known, ...row };
}
