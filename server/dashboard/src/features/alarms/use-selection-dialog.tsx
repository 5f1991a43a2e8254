import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import type { Selection } from "../fleet/use-selection.ts";
import type { AlarmListSnapshot } from "./alarm-list.ts";
import type { DialogVerb } from "./alarm-verb.ts";
import { useAlarmActions } from "./use-alarm-actions.tsx";
import { useAlarmText } from "./use-alarm-text.ts";

const AlarmDialog = lazy(() => import("./alarm-dialog.tsx").then((m) => ({ default: m.AlarmDialog })));

type SelectionDialogInput = {
  selection: Selection;
  activeId: string | null;
  snapshot: AlarmListSnapshot;
  isEnabled: boolean;
};
type Asked = { verb: DialogVerb; ids: readonly string[]; names: ReadonlyMap<string, string> };

/** The dialog for the selected alarms, or for the active one by its key. A acknowledges immediately. */
export function useSelectionDialog({ selection, activeId, snapshot, isEnabled }: SelectionDialogInput) {
  const { t } = useTranslations();
  const { textOf } = useAlarmText();
  const { run } = useAlarmActions();
  const [asked, setAsked] = useState<Asked | null>(null);
  const ids = selection.ids.size > 0 ? [...selection.ids] : activeId === null ? [] : [activeId];
  // A selected row may have left the list before the dialog names it.
  const seen = useRef(new Map<string, Alarm>());
  useEffect(() => {
    for (const alarm of snapshot.alarms) seen.current.set(alarm.id, alarm);
  }, [snapshot.alarms]);
  const nameOf = (id: string): readonly [string, string] => {
    const alarm = seen.current.get(id);
    if (!alarm) return [id, t("alarmPages.one")];
    const { title } = textOf(alarm);
    return [id, alarm.device ? `${title} (${alarm.device.name})` : title];
  };
  function ask(verb: DialogVerb) {
    if (ids.length > 0) setAsked({ verb, ids, names: new Map(ids.map(nameOf)) });
  }
  useShortcuts(
    {
      a() {
        const isDone = new Set(
          snapshot.alarms.filter((one) => one.acknowledgement !== null).map(({ id }) => id),
        );
        const left = ids.filter((id) => !isDone.has(id));
        if (left.length > 0) void run(left, { kind: "acknowledge" });
        selection.replace([]);
      },
      s: () => ask("snooze"),
      r: () => ask("resolve"),
    },
    isEnabled,
  );
  const first = asked?.ids.length === 1 ? asked.ids[0] : undefined;
  return {
    ask,
    dialog: asked && (
      <Suspense fallback={null}>
        <AlarmDialog
          verb={asked.verb}
          targets={{ ids: asked.ids, name: asked.names.get(first ?? "") ?? null }}
          nameOf={(id) => asked.names.get(id) ?? id}
          onDone={() => {
            setAsked(null);
            selection.replace([]);
          }}
          onClose={() => setAsked(null)}
        />
      </Suspense>
    ),
  };
}
