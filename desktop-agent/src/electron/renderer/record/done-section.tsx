import type { ActivityRecord } from "@muster/shared/contracts/local-agent.ts";
import { useCallback } from "react";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import { ReadingBody } from "../frame/reading-body.tsx";
import { useReading } from "../frame/use-reading.ts";
import { useWords } from "../frame/words.ts";
import { MessageState } from "../ui/message-state.tsx";
import { DoneEntry } from "./done-entry.tsx";
import classes from "./done-section.module.css";

/** What IT did here or asked for, newest first, beside the server's record of it. */
export function DoneSection() {
  const { t } = useWords();
  const fetchRecord = useCallback(() => ask("read-record"), []);
  const reading = useReading(fetchRecord, null);
  return (
    <>
      <p className={classes.hint}>{t("windows.record.done.hint")}</p>
      <ReadingBody reading={reading}>
        {(record) => (
          <>
            <ComparedLine record={record} />
            {record.actions.length === 0 ? (
              <MessageState title={t("windows.record.done.empty")} />
            ) : (
              <ul className={classes.list}>
                {record.actions.map((action) => (
                  <li key={action.id}>
                    <DoneEntry action={action} />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </ReadingBody>
    </>
  );
}

function ComparedLine({ record: { compared, actions } }: { record: ActivityRecord }) {
  const { t, formats } = useWords();
  const time = useClock((nowMs) => (compared.kind === "yes" ? formats.relative(compared.atMs, nowMs) : ""));
  const count = actions.filter(({ differs }) => differs).length;
  if (compared.kind === "no") {
    return (
      <div className={classes.compared} data-agrees={false}>
        <p>{t("windows.record.done.notCompared")}</p>
        {compared.reason !== "" && <code>{compared.reason}</code>}
      </div>
    );
  }
  return (
    <p className={classes.compared} data-agrees={count === 0}>
      {count === 0
        ? t("windows.record.done.comparedAll", { time })
        : t("windows.record.done.comparedDiffers", { count, time })}
    </p>
  );
}
