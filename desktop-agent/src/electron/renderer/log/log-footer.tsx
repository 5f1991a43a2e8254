import { ask } from "../frame/bridge.ts";
import { useWish } from "../frame/use-wish.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import classes from "./log-footer.module.css";
import { newestThatFit } from "./newest-that-fit.ts";
import { useHasSelection } from "./use-has-selection.ts";
import type { ShownLine } from "./use-shown-lines.ts";

/** Characters that the main process takes at once. */
const MOST_CHARACTERS = 300_000;

type LogFooterProps = { shown: readonly ShownLine[]; sizeBytes: number; isFollowing: boolean };

/** Copies the selection or what is shown, opens the folder, and says how much there is. */
export function LogFooter({ shown, sizeBytes, isFollowing }: LogFooterProps) {
  const { t, formats } = useWords();
  const { notice, make } = useWish();
  const hasSelection = useHasSelection();

  function copy(): void {
    const selected = hasSelection ? String(getSelection()).split("\n") : null;
    const lines = selected ?? shown.map(({ line }) => line.raw);
    const { text, count } = newestThatFit(lines, MOST_CHARACTERS);
    const copied = async () => {
      await ask("copy-text", text);
      return { kind: "done" as const };
    };
    make(copied, t("windows.log.copied", { count }));
  }

  return (
    <div className={classes.footer}>
      {/* Pressing it must not take the selection that it copies. */}
      <Button onMouseDown={(event) => event.preventDefault()} onClick={copy} disabled={shown.length === 0}>
        {t(hasSelection ? "windows.log.copySelection" : "windows.log.copyShown")}
      </Button>
      <Button onClick={() => make(() => ask("open-log-folder"), "")}>{t("windows.log.openFolder")}</Button>
      <div className={classes.told}>
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
