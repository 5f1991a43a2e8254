import { Button, CloseButton } from "@mantine/core";
import { useState } from "react";
import { type AlarmRequest, readAlarms } from "../../api/alarm-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import barClasses from "../fleet/selection-bar.module.css";
import type { Selection } from "../fleet/use-selection.ts";
import { DIALOG_VERBS, type DialogVerb, VERB_ICONS } from "./alarm-verb.ts";

type AlarmSelectionBarProps = {
  selection: Selection;
  /** How many alarms the filters find; null while it is not known. */
  matching: number | null;
  filter: AlarmRequest;
  onVerb: (verb: DialogVerb) => void;
};

/** Most alarms that are selected at once. */
const MAX_SELECTED = 5_000;
const PAGE_LIMIT = 200;

/** What can be done with the selected alarms. */
export function AlarmSelectionBar({ selection, matching, filter, onVerb }: AlarmSelectionBarProps) {
  const { t, formats } = useTranslations();
  const count = selection.ids.size;
  const [isReading, setReading] = useState(false);
  const hasMore = selection.isAllLoaded && matching !== null && matching > count;

  async function selectAll() {
    setReading(true);
    try {
      selection.replace(await readIds(filter));
    } catch {
      // The bar stays as it is, and the button offers it again.
    } finally {
      setReading(false);
    }
  }
  return (
    <div className={barClasses.dock}>
      <div className={barClasses.bar} role="toolbar" aria-label={t("alarmPages.selection.label")}>
        <CloseButton aria-label={t("alarmPages.selection.clear")} onClick={() => selection.replace([])} />
        <strong role="status">{t("alarmPages.selection.count", { count })}</strong>
        {hasMore && matching <= MAX_SELECTED && (
          <Button size="compact-sm" variant="outline" loading={isReading} onClick={() => void selectAll()}>
            {t("alarmPages.selection.all", { count: matching })}
          </Button>
        )}
        {hasMore && matching > MAX_SELECTED && (
          <span>
            {t("alarmPages.selection.tooMany", { count: matching, max: formats.whole(MAX_SELECTED) })}
          </span>
        )}
        {DIALOG_VERBS.map((verb) => {
          const Icon = VERB_ICONS[verb];
          return (
            <Button
              key={verb}
              size="compact-sm"
              variant={verb === "acknowledge" ? "light" : "subtle"}
              leftSection={<Icon size={16} />}
              onClick={() => onVerb(verb)}
            >
              {t(`alarmPages.verb.${verb}`)}
            </Button>
          );
        })}
      </div>
    </div>
  );
}

/** The ids of all alarms that a filter finds. */
async function readIds(filter: AlarmRequest): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await readAlarms({ ...filter, limit: PAGE_LIMIT, cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && ids.length < MAX_SELECTED);
  return ids.slice(0, MAX_SELECTED);
}
