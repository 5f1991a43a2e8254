import type { DisclosedData, DisclosedItem } from "@muster/shared/contracts/local-agent.ts";
import { useCallback } from "react";
import { ask } from "../frame/bridge.ts";
import { ReadingBody } from "../frame/reading-body.tsx";
import { useReading } from "../frame/use-reading.ts";
import { useWindowState } from "../frame/window-state.ts";
import { useWords } from "../frame/words.ts";
import { MessageState } from "../ui/message-state.tsx";
import { seenName } from "./seen-name.ts";
import { keptText, oftenText, seenValue } from "./seen-value.ts";
import classes from "./seen-section.module.css";

const KINDS = ["metric", "fact", "inventory"] as const;

/** Every item that is sent with its value now; each group says how often, and how long the server keeps it. */
export function SeenSection() {
  const { t } = useWords();
  const { view } = useWindowState();
  const fetchSeen = useCallback(() => ask("read-seen"), []);
  const reading = useReading(fetchSeen, view?.latest?.sample.at ?? null);
  return (
    <>
      <p className={classes.hint}>{t("windows.record.seen.hint")}</p>
      <ReadingBody reading={reading}>
        {(seen) =>
          seen.items.length === 0 ? (
            <MessageState title={t("windows.record.seen.empty")} />
          ) : (
            KINDS.map((kind) => <SeenGroup key={kind} kind={kind} seen={seen} />)
          )
        }
      </ReadingBody>
    </>
  );
}

/** A table for each group: the head of a group stays in sight for as long as the group does. */
function SeenGroup({ kind, seen }: { kind: DisclosedItem["kind"]; seen: DisclosedData }) {
  const words = useWords();
  const { t } = words;
  const items = seen.items.filter((item) => item.kind === kind);
  if (items.length === 0) return null;
  return (
    <table className={classes.table} aria-label={t(`windows.record.seen.kind.${kind}`)}>
      <colgroup>
        <col className={classes.names} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="colgroup" colSpan={2} className={classes.kind}>
            {t(`windows.record.seen.kind.${kind}`)}
            <span className={classes.how}>
              {t("windows.record.seen.how", {
                often: oftenText(kind, seen, words),
                kept: keptText(kind, seen, t),
              })}
            </span>
          </th>
        </tr>
        <tr className={classes.columns}>
          {(["item", "value"] as const).map((column) => (
            <th key={column} scope="col">
              {t(`windows.record.seen.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.key}>
            <th scope="row">{seenName(item, t)}</th>
            <td>
              <SeenCell item={item} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A value, or each entry of a list with its lines. */
function SeenCell({ item }: { item: DisclosedItem }) {
  const value = seenValue(item, useWords());
  if (typeof value === "string") {
    return (
      <div className={classes.text} dir="auto">
        {value}
      </div>
    );
  }
  return (
    <ul className={classes.list}>
      {value.map(({ name, lines }, index) => (
        <li key={index} dir="auto">
          {name}
          {lines.map((line, number) => (
            <span key={number} className={classes.line} dir="auto">
              {line}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
