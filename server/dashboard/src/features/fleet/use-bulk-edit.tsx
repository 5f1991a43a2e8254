import { Button } from "@mantine/core";
import type { DeviceEdit, DeviceEditChange } from "@muster/shared/contracts/device-edit.ts";
import type { DeviceTargets } from "@muster/shared/contracts/device-match.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { editDevices, readEdit, undoEdit } from "../../api/device-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useFleetLists } from "./fleet-list-context.tsx";
import { LAST_EDIT } from "./last-edit.ts";

const POLL_MS = 1_000;
/** Long enough to read what happened and to decide. */
const UNDO_SHOWN_MS = 30_000;
const FAILURES_SHOWN = 3;

/** The edit as it is now; as it was while the server does not answer. `giveUp` is called for any other failure. */
async function readAgain(edit: DeviceEdit, giveUp: () => void): Promise<DeviceEdit> {
  try {
    return await readEdit(edit.id);
  } catch (error) {
    if (isUnanswered(error)) return edit;
    giveUp();
    throw error;
  }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof ApiError && (error.code === "network" || error.code === "unavailable");
}

/** Edits many devices, shows how far it is, and offers to undo it. The notices outlive the dialog that started it. */
export function useBulkEdit() {
  const { t, formats } = useTranslations();
  const { showToast, removeToast } = useToasts();
  const failureText = useFailureText();
  const lists = useFleetLists();
  const queryClient = useQueryClient();
  const [isRunning, setRunning] = useState(false);

  async function track(started: DeviceEdit): Promise<void> {
    let edit = started;
    const key = `edit-${edit.id}`;
    let isShown = true;
    while (edit.state === "running") {
      const { pending, changed, unchanged, failed } = edit.counts;
      const total = pending + changed + unchanged + failed;
      const text = t("fleet.edit.running", {
        done: formats.whole(total - pending),
        total: formats.whole(total),
      });
      if (isShown) {
        showToast({ key, text, tone: "busy", isLasting: true, onClose: () => (isShown = false) });
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      edit = await readAgain(edit, () => removeToast(key));
    }
    removeToast(key);
    showResult(edit);
    void lists.current().reload();
  }

  function showResult(edit: DeviceEdit): void {
    const { changed, failed } = edit.counts;
    const key = toastOf(edit);
    queryClient.setQueryData(LAST_EDIT, edit.undoUntil === null ? null : edit);
    if (failed === 0 || changed > 0) {
      showToast({
        key,
        text: t(edit.undoOf === null ? "fleet.selection.done" : "fleet.edit.undone", { count: changed }),
        shownMs: UNDO_SHOWN_MS,
        action: edit.undoUntil !== null && (
          <Button size="compact-sm" variant="default" onClick={() => undo(edit)}>
            {t("fleet.edit.undo")}
          </Button>
        ),
      });
    }
    if (failed > 0) showToast({ text: failedText(edit), tone: "failure" });
  }

  function undo(edit: DeviceEdit): void {
    removeToast(toastOf(edit));
    queryClient.setQueryData(LAST_EDIT, null);
    void follow(async () => {
      try {
        return await undoEdit(edit.id);
      } catch (error) {
        if (isUnanswered(error)) queryClient.setQueryData(LAST_EDIT, edit);
        throw error;
      }
    });
  }

  function failedText({ counts: { failed }, failures }: DeviceEdit): string {
    const named = failures
      .slice(0, FAILURES_SHOWN)
      .map(({ deviceName, reason }) => `${plainName(deviceName)} (${t(`fleet.edit.reason.${reason}`)})`);
    const more = failed - named.length;
    if (more > 0) named.push(t("fleet.selection.andMore", { count: more }));
    return t("fleet.selection.failed", { count: failed, reason: formats.list(named) });
  }

  async function follow(start: () => Promise<DeviceEdit>): Promise<void> {
    try {
      await track(await start());
    } catch (error) {
      showToast({ text: failureText(error), tone: "failure" });
    }
  }

  return {
    isRunning,
    undo,
    /** Returns when the edit is stored. Throws when the server refuses it. */
    async run(targets: DeviceTargets, change: DeviceEditChange): Promise<void> {
      setRunning(true);
      try {
        const started = await editDevices({ ...targets, change });
        void follow(() => Promise.resolve(started));
      } finally {
        setRunning(false);
      }
    },
  };
}

function toastOf({ id }: DeviceEdit): string {
  return `edited-${id}`;
}
