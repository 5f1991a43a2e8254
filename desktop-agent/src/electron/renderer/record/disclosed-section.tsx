import type { DisclosedData, DisclosedItem } from "@muster/shared/contracts/local-agent.ts";
import { useCallback } from "react";
import { ask } from "../frame/bridge.ts";
import { ResourceBody } from "../frame/resource-body.tsx";
import { useResource } from "../frame/use-resource.ts";
import { useWindowState } from "../frame/window-state.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { MessageState } from "../ui/message-state.tsx";
import { disclosedName } from "./disclosed-names.ts";
import { retentionText, frequencyText, disclosedValue } from "./disclosed-values.ts";
import classes from "./disclosed-section.module.css";

const KINDS = ["metric", "fact", "inventory"] as const;

/** Each item that is sent, with its present value. Each group shows how often it is sent and how long the server keeps it. */
export function DisclosedSection() {
  const { t } = useTranslations();
  const { view } = useWindowState();
  const fetchDisclosedData = useCallback(() => ask("read-disclosed-data"), []);
  const reading = useResource(fetchDisclosedData, view?.latest?.sample.at ?? null);
  return (
    <>
      <p className={classes.hint}>{t("windows.record.seen.hint")}</p>
      <ResourceBody reading={reading}>
        {(data) =>
          data.items.length === 0 ? (
            <MessageState title={t("windows.record.seen.empty")} />
          ) : (
            KINDS.map((kind) => <DisclosedGroup key={kind} kind={kind} data={data} />)
          )
        }
      </ResourceBody>
    </>
  );
}

/** One table per group, so that the heading of a group stays visible while the group is. */
function DisclosedGroup({ kind, data }: { kind: DisclosedItem["kind"]; data: DisclosedData }) {
  const translations = useTranslations();
  const { t } = translations;
  const items = data.items.filter((item) => item.kind === kind);
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
                often: frequencyText(kind, data, translations),
                kept: retentionText(kind, data, t),
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
            <th scope="row">{disclosedName(item, t)}</th>
            <td>
              <DisclosedCell item={item} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A single value, or a list of entries. */
function DisclosedCell({ item }: { item: DisclosedItem }) {
  const value = disclosedValue(item, useTranslations());
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
