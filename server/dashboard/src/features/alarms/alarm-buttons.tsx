import { Button, Menu } from "@mantine/core";
import { NEVER_MUTED_TYPES } from "@muster/shared/alarms/inhibition.ts";
import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { BellOff, ChevronDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import classes from "./alarm-page.module.css";
import { DIALOG_VERBS, type DialogVerb, VERB_ICONS } from "./alarm-verb.ts";
import { useAlarmActions } from "./use-alarm-actions.tsx";
import { useAlarmText } from "./use-alarm-text.ts";

const NewSilenceDialog = lazy(() =>
  import("../silences/silence-dialogs.tsx").then((m) => ({ default: m.NewSilenceDialog })),
);
const AlarmDialog = lazy(() => import("./alarm-dialog.tsx").then((m) => ({ default: m.AlarmDialog })));

/** What a user can do with an alarm: with one that has ended, only comment. */
export function AlarmButtons({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslations();
  const { textOf } = useAlarmText();
  const { run } = useAlarmActions();
  const isOpen = alarm.state === "open";
  const [verb, setVerb] = useState<DialogVerb | null>(null);
  const [isSilencing, setSilencing] = useState(false);
  const canBeSilenced = isOpen && !NEVER_MUTED_TYPES.has(alarm.type);
  const isAcknowledged = alarm.acknowledgement !== null;
  const { title } = textOf(alarm);
  const offered = DIALOG_VERBS.filter(
    (one) => one === "comment" || (isOpen && (one !== "acknowledge" || !isAcknowledged)),
  );
  const [first, ...others] = offered;
  useShortcuts(
    {
      a: () => !isAcknowledged && void run([alarm.id], { kind: "acknowledge" }),
      s: () => setVerb("snooze"),
      r: () => setVerb("resolve"),
    },
    isOpen,
  );
  return (
    <div className={classes.buttons}>
      {isOpen && isAcknowledged && (
        <Button variant="default" onClick={() => void run([alarm.id], { kind: "unacknowledge" })}>
          {t("alarmPages.verb.unacknowledge")}
        </Button>
      )}
      {first && <VerbButton verb={first} isMain={first === "acknowledge"} onPress={setVerb} />}
      {others.slice(0, 1).map((one) => (
        <VerbButton key={one} verb={one} isMain={false} onPress={setVerb} />
      ))}
      {others.length > 1 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<ChevronDown size={16} />}>
              {t("device.actions.menu")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.slice(1).map((one) => {
              const Icon = VERB_ICONS[one];
              return (
                <Menu.Item key={one} leftSection={<Icon size={16} />} onClick={() => setVerb(one)}>
                  {t(`alarmPages.verb.${one}`)}
                </Menu.Item>
              );
            })}
            {canBeSilenced && (
              <Menu.Item leftSection={<BellOff size={16} />} onClick={() => setSilencing(true)}>
                {t("alarmPages.page.silence")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {isSilencing && (
        <Suspense fallback={null}>
          <NewSilenceDialog alarm={alarm} onClose={() => setSilencing(false)} />
        </Suspense>
      )}
      {verb && (
        <Suspense fallback={null}>
          <AlarmDialog
            verb={verb}
            targets={{ ids: [alarm.id], name: title }}
            nameOf={() => title}
            onDone={() => setVerb(null)}
            onClose={() => setVerb(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

type VerbButtonProps = { verb: DialogVerb; isMain: boolean; onPress: (verb: DialogVerb) => void };

function VerbButton({ verb, isMain, onPress }: VerbButtonProps) {
  const { t } = useTranslations();
  const Icon = VERB_ICONS[verb];
  return (
    <Button
      variant={isMain ? "filled" : "default"}
      leftSection={<Icon size={16} />}
      onClick={() => onPress(verb)}
    >
      {t(`alarmPages.verb.${verb}`)}
    </Button>
  );
}
