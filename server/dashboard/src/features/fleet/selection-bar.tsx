import { Button, CloseButton } from "@mantine/core";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { Archive, ArchiveRestore, Building2, Download, type LucideIcon, Tag, Wrench } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import { SelectionActions } from "../actions/selection-actions.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./selection-bar.module.css";
import type { SelectionVerb } from "./selection-verb.ts";
import type { Selection } from "./use-selection.ts";

const SelectionDialog = lazy(() =>
  import("./selection-dialog.tsx").then((module) => ({ default: module.SelectionDialog })),
);

const VERBS: readonly { verb: SelectionVerb; icon: LucideIcon; isForArchived: boolean }[] = [
  { verb: "tag", icon: Tag, isForArchived: false },
  { verb: "customer", icon: Building2, isForArchived: false },
  { verb: "maintenance", icon: Wrench, isForArchived: false },
  { verb: "archive", icon: Archive, isForArchived: false },
  { verb: "restore", icon: ArchiveRestore, isForArchived: true },
];

type SelectionBarProps = {
  selection: Selection;
  devices: readonly DeviceSummary[];
  isArchived: boolean;
  onExport: (devices: readonly DeviceSummary[]) => void;
};

/** What can be done with the selected devices. A viewer can only export them. */
export function SelectionBar({ selection, devices, isArchived, onExport }: SelectionBarProps) {
  const { t } = useWords();
  const { may } = useSession();
  const [verb, setVerb] = useState<SelectionVerb | null>(null);
  const verbs = may("operator") ? VERBS.filter(({ isForArchived }) => isForArchived === isArchived) : [];
  return (
    <div className={classes.bar} role="toolbar" aria-label={t("fleet.selection.label")}>
      <CloseButton aria-label={t("fleet.selection.clear")} onClick={() => selection.replace([])} />
      <strong role="status">{t("fleet.selection.count", { count: devices.length })}</strong>
      {!isArchived && may("operator") && (
        <SelectionActions devices={devices} onDone={() => selection.replace([])} />
      )}
      {verbs.map(({ verb: name, icon: Icon }) => (
        <Button
          key={name}
          size="compact-md"
          variant="subtle"
          leftSection={<Icon size={16} />}
          onClick={() => setVerb(name)}
        >
          {t(`fleet.selection.${name}`)}
        </Button>
      ))}
      <Button
        size="compact-md"
        variant="subtle"
        leftSection={<Download size={16} />}
        onClick={() => onExport(devices)}
      >
        {t("fleet.selection.export")}
      </Button>
      {verb && (
        <Suspense fallback={null}>
          <SelectionDialog
            verb={verb}
            devices={devices}
            onDone={() => {
              setVerb(null);
              selection.replace([]);
            }}
            onClose={() => setVerb(null)}
          />
        </Suspense>
      )}
    </div>
  );
}
