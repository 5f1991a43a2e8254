import { Button } from "@mantine/core";
import type { Action, ActionBatch } from "@muster/shared/contracts/action.ts";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { useMutation } from "@tanstack/react-query";
import { readBatch } from "../../api/action-calls.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import { definitionOf, useActionTexts } from "./action-catalog.ts";
import { ActionDialog } from "./action-dialog.tsx";

/** Devices of one request. */
const DEVICES_PER_REQUEST = 200;

type Requested = Pick<Action, "type" | "payload">;
/** One action, or a batch of several. */
type RepeatButtonProps = { request: Action | ActionBatch };

/** Opens the dialog with what was requested, for the same devices as far as they still exist. */
export function RepeatButton({ request }: RepeatButtonProps) {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  const failureText = useFailureText();
  const { may } = useSession();
  const { showToast } = useToasts();
  const { type, payload }: Requested = request;
  const read = useMutation({
    mutationFn: async () => readDevices("deviceId" in request ? [request] : await readBatch(request.id)),
    onSuccess: (devices) => {
      if (devices.length === 0) showToast({ text: t("actions.batch.noDevice"), tone: "failure" });
    },
    onError: (error) => showToast({ text: failureText(error), tone: "failure" }),
  });
  if (!may(definitionOf(type).role)) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={read.isPending}
        aria-label={t("actions.batch.repeatName", { action: textsOf(type).label })}
        onClick={() => read.mutate()}
      >
        {t("actions.batch.repeat")}
      </Button>
      {read.data && read.data.length > 0 && (
        <ActionDialog
          devices={read.data}
          type={type}
          payload={payload}
          onDone={read.reset}
          onClose={read.reset}
        />
      )}
    </>
  );
}

async function readDevices(actions: readonly Pick<Action, "deviceId">[]): Promise<DeviceSummary[]> {
  const found: DeviceSummary[] = [];
  for (let at = 0; at < actions.length; at += DEVICES_PER_REQUEST) {
    const id = actions.slice(at, at + DEVICES_PER_REQUEST).map(({ deviceId }) => deviceId);
    const query = { id, limit: DEVICES_PER_REQUEST };
    found.push(...(await callApi("devicePage", paths.devices, { query })).items);
  }
  return found;
}
