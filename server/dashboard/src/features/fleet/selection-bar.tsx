import { Button, CloseButton, Menu } from "@mantine/core";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import {
  Archive,
  ArchiveRestore,
  Building2,
  ChevronUp,
  Download,
  Laptop,
  Network,
  type LucideIcon,
  Tag,
  Wrench,
} from "lucide-react";
import { MAX_MATCHED_DEVICES } from "@muster/shared/device-limits.ts";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { ActionButtons, ActionItems, useOfferedActions } from "../actions/offered-actions.tsx";
import { useActionDialog } from "../actions/use-action-dialog.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./selection-bar.module.css";
import type { FleetQuery } from "./fleet-query.ts";
import { useMatchingCount } from "./selection-targets.ts";
import type { SelectionVerb } from "./selection-verb.ts";
import { useExport } from "./use-export.ts";
import type { Selection } from "./use-selection.ts";

const SelectionDialog = lazy(() =>
  import("./selection-dialog.tsx").then((module) => ({ default: module.SelectionDialog })),
);

type Verb = { verb: SelectionVerb; icon: LucideIcon; isForArchived: boolean; isInMenu: boolean };

const VERBS: readonly Verb[] = [
  { verb: "tag", icon: Tag, isForArchived: false, isInMenu: false },
  { verb: "maintenance", icon: Wrench, isForArchived: false, isInMenu: false },
  { verb: "customer", icon: Building2, isForArchived: false, isInMenu: true },
  { verb: "class", icon: Laptop, isForArchived: false, isInMenu: true },
  { verb: "dependency", icon: Network, isForArchived: false, isInMenu: true },
  { verb: "archive", icon: Archive, isForArchived: false, isInMenu: true },
  { verb: "restore", icon: ArchiveRestore, isForArchived: true, isInMenu: false },
];

const LOOK = { size: "compact-sm", variant: "light" };

type SelectionBarProps = {
  selection: Selection;
  devices: readonly DeviceSummary[];
  query: FleetQuery;
  /** All loaded devices were selected, and more match. */
  hasMore: boolean;
};

/** What can be done with the selected devices. A viewer can only export them. */
export function SelectionBar({ selection, devices, query, hasMore }: SelectionBarProps) {
  const { t } = useTranslations();
  const { may, customers: limit } = useSession();
  const { exportDevices, exportList } = useExport();
  const isArchived = query.archived;
  const matching = selection.matching === null ? null : { query, count: selection.matching };
  const [verb, setVerb] = useState<SelectionVerb | null>(null);
  const isOffered = (offered: (typeof VERBS)[number]) =>
    offered.isForArchived === isArchived && (offered.verb !== "customer" || limit === null);
  const verbs = may("operator") ? VERBS.filter(isOffered) : [];
  const inMenu = verbs.filter(({ isInMenu }) => isInMenu);
  const { first, others } = useOfferedActions();
  const { ask, dialog } = useActionDialog(devices, { matching, onDone: () => selection.replace([]) });
  return (
    <div className={classes.dock}>
      <div className={classes.bar} role="toolbar" aria-label={t("fleet.selection.label")}>
        <CloseButton aria-label={t("fleet.selection.clear")} onClick={() => selection.replace([])} />
        <strong role="status">
          {matching === null
            ? t("fleet.selection.count", { count: devices.length })
            : t("fleet.selection.matching", { count: matching.count })}
        </strong>
        {hasMore && <SelectMatching selection={selection} query={query} />}
        {!isArchived && <ActionButtons actions={first} look={LOOK} onAsk={ask} />}
        {verbs
          .filter(({ isInMenu }) => !isInMenu)
          .map(({ verb: name, icon: Icon }) => (
            <Button
              key={name}
              size="compact-sm"
              variant="subtle"
              leftSection={<Icon size={16} />}
              onClick={() => setVerb(name)}
            >
              {t(`fleet.selection.${name}`)}
            </Button>
          ))}
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Download size={16} />}
          onClick={() => (matching === null ? exportDevices(devices) : void exportList(query))}
        >
          {t("fleet.selection.export")}
        </Button>
        {inMenu.length > 0 && (
          <Menu position="top-end">
            <Menu.Target>
              <Button size="compact-sm" variant="subtle" rightSection={<ChevronUp size={16} />}>
                {t("device.actions.menu")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <ActionItems actions={others} onAsk={ask} />
              {inMenu.map(({ verb: name, icon: Icon }) => (
                <Menu.Item key={name} leftSection={<Icon size={16} />} onClick={() => setVerb(name)}>
                  {t(`fleet.selection.${name}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {dialog}
        {verb && (
          <Suspense fallback={null}>
            <SelectionDialog
              verb={verb}
              targets={{ devices, matching }}
              onDone={() => {
                setVerb(null);
                selection.replace([]);
              }}
              onClose={() => setVerb(null)}
            />
          </Suspense>
        )}
      </div>
    </div>
  );
}

/** Offers to select all devices that match the filters, not only those that are loaded. */
function SelectMatching({ selection, query }: Pick<SelectionBarProps, "selection" | "query">) {
  const { t, formats } = useTranslations();
  const count = useMatchingCount(query, selection.matching === null);
  if (selection.matching !== null || count === undefined || count <= selection.ids.size) return null;
  if (count > MAX_MATCHED_DEVICES) {
    const max = formats.whole(MAX_MATCHED_DEVICES);
    return <span>{t("fleet.selection.tooMany", { count, max })}</span>;
  }
  return (
    <Button size="compact-sm" variant="outline" onClick={() => selection.selectMatching(count)}>
      {t("fleet.selection.selectMatching", { count })}
    </Button>
  );
}
