import { useDeferredValue, useMemo, useState } from "react";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { MessageState } from "../ui/message-state.tsx";
import { LogFooter } from "./log-footer.tsx";
import type { LogLevel } from "./log-line.ts";
import { findMatches, stepMatch } from "./log-search.ts";
import { LogTools } from "./log-tools.tsx";
import { LogView } from "./log-view.tsx";
import { useLog } from "./use-log.ts";
import { useShownLines } from "./use-shown-lines.ts";
import classes from "./log-window.module.css";

/** The agent's own log: follows its end, can be filtered, searched and copied. */
export function LogWindow() {
  const { t } = useWords();
  const log = useLog();
  const [isFollowing, setIsFollowing] = useState(true);
  const [least, setLeast] = useState<LogLevel>("debug");
  const [words, setWords] = useState("");
  const [present, setPresent] = useState<number | null>(null);
  const shown = useShownLines(log.parts, least);
  const wanted = useDeferredValue(words);
  const indexes = useMemo(
    () =>
      findMatches(
        shown.map(({ text }) => text),
        wanted,
      ),
    [shown, wanted],
  );
  // The present match is a line, which keeps its number while lines come and go around it.
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
        words={words}
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
          words={wanted}
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
