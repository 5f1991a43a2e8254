import { ActionIcon, CloseButton, TextInput } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { changeDevice } from "../../api/device-calls.ts";
import { TagLink } from "../fleet/tag-link.tsx";
import { isTag, withTags } from "../fleet/tags.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./tag-editor.module.css";
import { useDeviceChange } from "./use-device-change.ts";

const focusWhenShown = (field: HTMLInputElement | null) => field?.focus();

/** The tags of a device; an operator adds and removes them in place. */
export function TagEditor({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const { may } = useSession();
  const { change, saved } = useDeviceChange(device.id);
  const [text, setText] = useState<string | null>(null);
  const tag = text?.trim() ?? "";
  const isWrong = tag !== "" && !isTag(tag);
  const set = (added: string[], removed: string[]) =>
    change.mutate(
      ({ id, tags, version }) => changeDevice(id, { tags: withTags(tags, added, removed) }, version),
      {
        onSuccess(changed) {
          saved(changed);
          setText(null);
        },
      },
    );
  return (
    <ul className={classes.tags} aria-label={t("device.tags")}>
      {device.tags.map((name) => (
        <li key={name} className={classes.tag}>
          <TagLink tag={name} />
          {may("operator") && (
            <CloseButton
              size="xs"
              aria-label={t("device.removeTag", { tag: name })}
              onClick={() => set([], [name])}
            />
          )}
        </li>
      ))}
      {may("operator") && text === null && (
        <li>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("device.addTag")}
            title={t("device.addTag")}
            onClick={() => setText("")}
          >
            <Plus size={16} />
          </ActionIcon>
        </li>
      )}
      {text !== null && (
        <li>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (tag === "") setText(null);
              else if (!isWrong) set([tag], []);
            }}
          >
            <TextInput
              ref={focusWhenShown}
              size="xs"
              w={140}
              aria-label={t("device.addTag")}
              placeholder={t("device.addTag")}
              maxLength={40}
              error={isWrong && t("fleet.selection.tagHint")}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => event.key === "Escape" && setText(null)}
              onBlur={() => tag === "" && setText(null)}
            />
          </form>
        </li>
      )}
    </ul>
  );
}
