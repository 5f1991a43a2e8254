import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { BellOff, CircleCheck } from "lucide-react";
import { Link } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { useSession } from "../session/session-context.tsx";

/** Says that no alarm is open, and what is watching: an organization without rules has none open either. */
export function NoOpenAlarm() {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  // Rules and channels are those of the whole organization.
  const mayRead = limit === null;
  const rules = useQuery({ ...queries.alarmRules(), enabled: mayRead });
  const channels = useQuery({ ...queries.channels(), enabled: mayRead });
  const enabled = rules.data?.items.filter(({ isEnabled }) => isEnabled).length;
  const hasNoRules = enabled === 0;
  const { data: ways } = channels;
  const isNotified = !ways || ways.canSendMail || ways.hasPushSubscriptions || ways.items.length > 0;
  const texts = [
    enabled === undefined
      ? null
      : hasNoRules
        ? t("alarmPages.empty.noRules")
        : t("alarmPages.empty.rules", { count: enabled }),
    isNotified ? null : t("alarmPages.empty.notNotified"),
  ].filter((text) => text !== null);
  return (
    <MessageState
      icon={hasNoRules ? <BellOff size={26} /> : <CircleCheck size={26} />}
      title={t("alarmPages.empty.open")}
      text={texts.join(" ")}
    >
      {mayRead && (
        <Button component={Link} href="/settings/alarm-rules" variant="default">
          {t("alarmPages.empty.addRules")}
        </Button>
      )}
    </MessageState>
  );
}
