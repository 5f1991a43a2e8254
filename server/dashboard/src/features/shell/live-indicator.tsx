import { useLive } from "../../api/stream/live.tsx";
import { useFormats, useWords } from "../../i18n/words.tsx";
import classes from "./live-indicator.module.css";

/** Whether what is shown follows the server: a disc while live, a ring when not, always with the word. */
export function LiveIndicator() {
  const { t } = useWords();
  const formats = useFormats();
  const { connection } = useLive();
  const words =
    connection.state === "offline"
      ? t("shell.live.offlineSince", { time: formats.clock(connection.since) })
      : t(`shell.live.${connection.state}`);
  const isDown = connection.state === "offline" || connection.state === "reconnecting";
  return (
    <span
      className={classes.live}
      data-state={connection.state}
      role="status"
      title={t(isDown ? "shell.live.hintDown" : "shell.live.hintLive")}
    >
      <i aria-hidden="true" />
      <span>{words}</span>
    </span>
  );
}
