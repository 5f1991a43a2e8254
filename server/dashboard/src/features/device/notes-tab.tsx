import { Button, Textarea } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { changeDevice } from "../../api/device-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConflictPanel } from "../../ui/drafts/conflict-panel.tsx";
import { DraftLine } from "../../ui/drafts/draft-line.tsx";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { FormError } from "../../ui/form-error.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./notes-tab.module.css";
import { useDeviceChange } from "./use-device-change.ts";

const MAX_LENGTH = 10_000;

/** Free text about a device, for everyone in the organization; operators write it. */
export function NotesTab({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const { may } = useSession();
  if (may("operator")) return <NotesForm device={device} />;
  return <p className={classes.text}>{device.notes === "" ? t("device.notes.empty") : device.notes}</p>;
}

function NotesForm({ device }: { device: DeviceDetail }) {
  const { t, formats } = useTranslations();
  const { saved, reload } = useDeviceChange(device.id);
  const edit = useEditForm({
    object: `device:${device.id}:notes`,
    resource: device,
    valuesOf: ({ notes }) => ({ notes }),
    reload,
    send: ({ notes }, { id, version }) => changeDevice(id, { notes }, version),
    onDone: saved,
  });
  const { notes: text } = edit.form.values;
  return (
    <form className={classes.form} onSubmit={edit.submit}>
      <DraftLine draft={edit.draft} />
      <Textarea
        label={t("device.notes.label")}
        description={t("device.notes.hint")}
        rows={12}
        maxLength={MAX_LENGTH}
        {...edit.form.getInputProps("notes")}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) edit.submit();
        }}
      />
      <ConflictPanel
        conflict={edit.conflict}
        describe={{ notes: { label: t("device.notes.label"), textOf: (notes) => notes } }}
      />
      <FormError text={edit.failure} />
      <div className={classes.foot}>
        <Button type="submit" disabled={!edit.isChanged || edit.conflict !== null} loading={edit.isPending}>
          {t("shell.action.save")}
        </Button>
        <span>
          {t("device.notes.length", { length: formats.whole(text.length), max: formats.whole(MAX_LENGTH) })}
        </span>
      </div>
    </form>
  );
}
