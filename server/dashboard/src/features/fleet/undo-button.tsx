import { ActionIcon } from "@mantine/core";
import type { DeviceEdit } from "@muster/shared/contracts/device-edit.ts";
import { Undo2 } from "lucide-react";
import { useTranslations } from "../../i18n/translations.tsx";
import { useClock } from "../../ui/clock.ts";
import { useBulkEdit } from "./use-bulk-edit.tsx";

/** For the last edit of many devices, for as long as the server undoes it: its notice is gone sooner. */
export function UndoButton({ edit }: { edit: DeviceEdit }) {
  const { t, formats } = useTranslations();
  const { undo } = useBulkEdit();
  const { undoUntil } = edit;
  const isOffered = useClock((nowMs) => undoUntil !== null && nowMs < Date.parse(undoUntil));
  if (undoUntil === null || !isOffered) return null;
  const devices = t("fleet.list.count", { count: edit.counts.changed });
  const text = t("fleet.edit.undoLast", { devices, time: formats.clock(undoUntil) });
  return (
    <ActionIcon size={34} variant="default" aria-label={text} title={text} onClick={() => undo(edit)}>
      <Undo2 size={16} />
    </ActionIcon>
  );
}
