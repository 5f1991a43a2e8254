import { Kbd, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { areSingleKeysOn, setSingleKeys } from "../../ui/use-shortcuts.ts";
import classes from "./shortcuts-dialog.module.css";

const SHORTCUTS = [
  { keys: ["Ctrl", "K"], what: "search" },
  { keys: ["?"], what: "help" },
  { keys: ["/"], what: "filter" },
  { keys: ["J", "K"], what: "move" },
  { keys: ["Enter"], what: "open" },
  { keys: ["Space"], what: "select" },
  { keys: ["A"], what: "acknowledge" },
  { keys: ["S"], what: "snooze" },
  { keys: ["R"], what: "resolve" },
  { keys: ["Esc"], what: "leave" },
] as const;

/** The keyboard shortcuts, and the switch for those of a single key. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslations();
  const [isOn, setOn] = useState(areSingleKeysOn);
  return (
    <Dialog title={t("shell.shortcuts.title")} onClose={onClose}>
      <dl className={classes.list}>
        {SHORTCUTS.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key === "Space" ? t("shell.shortcuts.space") : key}</Kbd>
              ))}
            </dt>
            <dd>{t(`shell.shortcuts.${what}`)}</dd>
          </div>
        ))}
      </dl>
      <Switch
        mt={16}
        label={t("shell.shortcuts.singleKeys")}
        description={t("shell.shortcuts.singleKeysHint")}
        checked={isOn}
        onChange={({ currentTarget }) => {
          setOn(currentTarget.checked);
          setSingleKeys(currentTarget.checked);
        }}
      />
    </Dialog>
  );
}
