import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "../../api/stream/live.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import classes from "./live-indicator.module.css";

/** Whether what is shown follows the server: a disc while live, a ring when not, always with the word. */
export function LiveIndicator() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { connection } = useLive();
  const words =
    connection.state === "offline"
      ? t("shell.live.offlineSince", { time: formats.clock(connection.since) })
      : t(`shell.live.${connection.state}`);
  const isDown = connection.state === "offline" || connection.state === "reconnecting";
  return (
    <Tooltip label={t(isDown ? "shell.live.hintDown" : "shell.live.hintLive")}>
      <span className={classes.live} data-state={connection.state} role="status">
        <i aria-hidden="true" />
        <span>{words}</span>
      </span>
    </Tooltip>
  );
}
