import { Button } from "@mantine/core";
import type { Silence } from "@muster/shared/contracts/silence.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import type { DataColumn } from "../../ui/data-table.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { useRuleTexts } from "../alarm-rules/rule-texts.ts";
import { ALARM_KINDS } from "../alarms/alarm-query.ts";
import { MatchList } from "./silence-matches.tsx";
import classes from "./silences.module.css";

export type SilenceVerb = "edit" | "end";

/** The columns of the list; `onOpen` is null for who may not act. */
export function useSilenceColumns(
  onOpen: ((verb: SilenceVerb, silence: Silence) => void) | null,
): DataColumn<Silence>[] {
  const { t } = useTranslations();
  const columns: DataColumn<Silence>[] = [
    {
      name: "comment",
      label: t("silences.comment"),
      cell: ({ comment, author }) => (
        <span className={classes.stack}>
          <bdi className={classes.comment}>{comment}</bdi>
          <bdi className={classes.dim}>{author}</bdi>
        </span>
      ),
    },
    { name: "what", label: t("silences.what"), cell: (silence) => <Matchers silence={silence} /> },
    { name: "state", label: t("silences.state"), cell: (silence) => <SilenceState silence={silence} /> },
    {
      name: "matches",
      label: t("silences.matchesNow"),
      cell: ({ matches, state }) => (state === "ended" ? null : <MatchList matches={matches} />),
    },
  ];
  if (onOpen === null) return columns;
  const buttons: DataColumn<Silence> = {
    name: "actions",
    label: "",
    isNumber: true,
    cell: (silence) =>
      silence.state !== "ended" &&
      silence.canChange && (
        <span className={classes.buttons}>
          <Button size="compact-sm" variant="subtle" onClick={() => onOpen("end", silence)}>
            {t("silences.end")}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => onOpen("edit", silence)}>
            {t("silences.extend")}
          </Button>
        </span>
      ),
  };
  return [...columns, buttons];
}

/** Which alarms a silence is for, in words. */
function Matchers({ silence }: { silence: Silence }) {
  const { t } = useTranslations();
  const { scopeText } = useRuleTexts();
  const { matchers, scopeName, ruleName, alarmTitle, isLimited } = silence;
  const { scope, types, severities, ruleId, alarmId } = matchers;
  const kindOf = (type: string) => {
    const known = ALARM_KINDS.find((one) => one === type);
    return known ? t(`alarmPages.kind.${known}`) : type;
  };
  const details = [
    types.map(kindOf).join(", "),
    severities.map((severity) => t(`alarms.severity.${severity}`)).join(", "),
    ruleId !== null && t("silences.ofRule", { name: ruleName ?? t("silences.deleted") }),
    isLimited && t("silences.limited"),
  ].filter((text) => text !== "" && text !== false);
  return (
    <span className={classes.stack}>
      <bdi>{alarmId === null ? scopeText(scope, scopeName) : (alarmTitle ?? t("silences.deleted"))}</bdi>
      {details.map((text) => (
        <bdi key={String(text)} className={classes.dim}>
          {text}
        </bdi>
      ))}
    </span>
  );
}

function SilenceState({ silence }: { silence: Silence }) {
  const { t, formats } = useTranslations();
  const { state, startsAt, endsAt, endedAt, endReason, endedBy, isStale, endsWhenIdle } = silence;
  if (state === "ended") {
    const time = formats.minute(endedAt ?? endsAt);
    return (
      <StateLabel state="unknown">
        {t(`silences.ended.${endReason ?? "time"}`, { time, name: endedBy ?? "" })}
      </StateLabel>
    );
  }
  return (
    <span className={classes.stack}>
      {state === "planned" ? (
        <StateLabel state="waiting">
          {t("silences.planned", { from: formats.minute(startsAt), until: formats.minute(endsAt) })}
        </StateLabel>
      ) : (
        <StateLabel state="paused">{t("silences.active", { time: formats.minute(endsAt) })}</StateLabel>
      )}
      {isStale && <span className={classes.stale}>{t("silences.stale")}</span>}
      {endsWhenIdle && <span className={classes.dim}>{t("silences.idleShort")}</span>}
    </span>
  );
}
