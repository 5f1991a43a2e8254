import { useDeferredValue, useMemo, useState, useSyncExternalStore } from "react";
import { startWindow } from "../frame/start-window.tsx";
import { ask } from "../frame/bridge.ts";
import { useRequest } from "../frame/use-request.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { MessageState } from "../ui/message-state.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { type LogLevel, newestThatFit } from "./log-line.ts";
import { findMatches, stepMatch } from "./log-search.ts";
import { LogTools } from "./log-tools.tsx";
import { LogView } from "./log-view.tsx";
import { useLog } from "./use-log.ts";
import { type ShownLine, useShownLines } from "./use-shown-lines.ts";
import classes from "./log-window.module.css";

/** The agent's log: follows its end, can be filtered, searched and copied. */
function LogWindow() {
  const { t } = useTranslations();
  const log = useLog();
  const [isFollowing, setIsFollowing] = useState(true);
  const [least, setLeast] = useState<LogLevel>("debug");
  const [query, setWords] = useState("");
  const [present, setPresent] = useState<number | null>(null);
  const shown = useShownLines(log.parts, least);
  const wanted = useDeferredValue(query);
  const indexes = useMemo(
    () =>
      findMatches(
        shown.map(({ text }) => text),
        wanted,
      ),
    [shown, wanted],
  );
  // The current match is stored as a line number, which stays the same while lines are added and dropped.
  const position = indexes.findIndex((index) => shown[index]?.number === present);

  function search(next: string): void {
    setWords(next);
    setPresent(null);
  }
  function step(by: 1 | -1): void {
    const index = indexes[stepMatch(indexes.length, position, by)];
    setPresent(index === undefined ? null : (shown[index]?.number ?? null));
  }

  return (
    <WindowFrame
      name="log"
      scrollsItself
      footer={<LogFooter shown={shown} sizeBytes={log.parts?.sizeBytes ?? 0} isFollowing={isFollowing} />}
    >
      <LogTools
        least={least}
        query={query}
        matches={{ indexes, present: position }}
        onLeast={setLeast}
        onSearch={search}
        onStep={step}
      />
      {log.hasFailed && log.parts && (
        <p className={classes.failed} role="status">
          {t("windows.log.unread")}
        </p>
      )}
      {log.parts ? (
        <LogView
          log={log}
          parts={log.parts}
          shown={shown}
          isFollowing={isFollowing}
          setIsFollowing={setIsFollowing}
          query={wanted}
          presentNumber={present}
        />
      ) : (
        <MessageState title={t(log.hasFailed ? "windows.frame.unread" : "windows.frame.loading")}>
          {log.hasFailed && <Button onClick={log.readEnd}>{t("windows.frame.retry")}</Button>}
        </MessageState>
      )}
    </WindowFrame>
  );
}

/** The limit of the main process, in characters. */
const MAX_COPY_LENGTH = 300_000;

type LogFooterProps = { shown: readonly ShownLine[]; sizeBytes: number; isFollowing: boolean };

/** Copies the selection or all shown lines, opens the folder, and shows the size of the log. */
function LogFooter({ shown, sizeBytes, isFollowing }: LogFooterProps) {
  const { t, formats } = useTranslations();
  const { notice, send } = useRequest();
  const hasSelection = useHasSelection();

  function copy(): void {
    const selected = hasSelection ? String(getSelection()).split("\n") : null;
    const lines = selected ?? shown.map(({ line }) => line.raw);
    const { text, count } = newestThatFit(lines, MAX_COPY_LENGTH);
    const copied = async () => {
      await ask("copy-text", text);
      return { kind: "done" as const };
    };
    send(copied, t("windows.log.copied", { count }));
  }

  return (
    <div className={classes.footer}>
      {/* Pressing it must not take the selection that it copies. */}
      <Button onMouseDown={(event) => event.preventDefault()} onClick={copy} disabled={shown.length === 0}>
        {t(hasSelection ? "windows.log.copySelection" : "windows.log.copyShown")}
      </Button>
      <Button onClick={() => send(() => ask("open-log-folder"), "")}>{t("windows.log.openFolder")}</Button>
      <div className={classes.status}>
        <NoticeLine notice={notice?.text === "" ? null : notice} />
        {isFollowing && <p>{t("windows.log.following")}</p>}
        <p>
          <span>{t("windows.log.lines", { count: shown.length })}</span>
          {" · "}
          <span>{t("windows.log.size", { size: formats.bytes(sizeBytes) })}</span>
        </p>
      </div>
    </div>
  );
}

/** Whether text in the window is selected. */
function useHasSelection(): boolean {
  return useSyncExternalStore(subscribe, () => getSelection()?.isCollapsed === false);
}

function subscribe(listener: () => void): () => void {
  document.addEventListener("selectionchange", listener);
  return () => document.removeEventListener("selectionchange", listener);
}

startWindow("log", LogWindow);
