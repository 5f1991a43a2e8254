import { Button, Textarea } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./notes-tab.module.css";
import { useDeviceChange } from "./use-device-change.ts";

const MAX_LENGTH = 10_000;

/** Free text about a device, for everyone in the organization; operators write it. */
export function NotesTab({ device }: { device: DeviceDetail }) {
  const { t, formats } = useTranslations();
  const { may } = useSession();
  const { change } = useDeviceChange(device.id);
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? device.notes;
  const save = () => change.mutate({ notes: text }, { onSuccess: () => setDraft(null) });
  if (!may("operator")) {
    return <p className={classes.text}>{device.notes === "" ? t("device.notes.empty") : device.notes}</p>;
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Textarea
        label={t("device.notes.label")}
        description={t("device.notes.hint")}
        rows={12}
        maxLength={MAX_LENGTH}
        value={text}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
        }}
      />
      <div className={classes.foot}>
        <Button type="submit" disabled={draft === null || draft === device.notes} loading={change.isPending}>
          {t("shell.action.save")}
        </Button>
        <span>
          {t("device.notes.length", { length: formats.whole(text.length), max: formats.whole(MAX_LENGTH) })}
        </span>
      </div>
    </form>
  );
}
