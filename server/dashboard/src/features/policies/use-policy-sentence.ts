import type { ActiveHours } from "@muster/shared/alarms/active-hours.ts";
import type { PolicyDefinition, PolicyRecipients } from "@muster/shared/contracts/notification-policy.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { hourRangesText } from "../../ui/weekdays.ts";

const MINUTE_MS = 60_000;

/** Says what a policy does in one sentence. `names` are those of what it names, by id. */
export function usePolicySentence(names: Readonly<Record<string, string>>) {
  const { t, formats } = useTranslations();
  const { list } = formats;
  const named = (ids: readonly string[]) => list(ids.map((id) => names[id] ?? t("policies.unknown")));
  const span = (minutes: number) => formats.exactDuration(minutes * MINUTE_MS);

  function what({ severities, customerIds, tags, classes, ruleIds }: PolicyDefinition["match"]): string {
    const kinds =
      severities.length === 0
        ? t("policies.sentence.all")
        : list(
            severities.map((severity, index) => {
              const text = t(`policies.sentence.severity.${severity}`);
              return index === 0 ? text : uncapitalized(text, formats.language);
            }),
          );
    return [
      kinds,
      ...some(customerIds, (ids) => t("policies.sentence.customer", { count: ids.length, list: named(ids) })),
      ...some(tags, (words) => t("policies.sentence.tag", { count: words.length, list: list(words) })),
      ...some(classes, (found) =>
        t("policies.sentence.class", { list: list(found.map((one) => t(`states.class.${one}`))) }),
      ),
      ...some(ruleIds, (ids) => t("policies.sentence.rule", { count: ids.length, list: named(ids) })),
    ].join(" ");
  }

  function whom({ roles, userIds, channelIds }: PolicyRecipients): string | null {
    const people = [
      ...roles.map((role) => t(`policies.sentence.role.${role}`)),
      ...userIds.map((id) => names[id] ?? t("policies.unknown")),
    ];
    const ways = [
      ...some(people, (found) => t("policies.sentence.mail", { list: list(found) })),
      ...some(channelIds, (ids) => t("policies.sentence.channel", { list: named(ids) })),
    ];
    const [one, other] = ways;
    if (one === undefined) return null;
    return other === undefined ? one : t("policies.sentence.and", { one, other });
  }

  const hours = ({ zone, ranges }: ActiveHours) =>
    t("policies.sentence.hours", { zone, ranges: hourRangesText(formats, ranges) });

  return (policy: PolicyDefinition): string => {
    const { match, recipients, activeHours, remindEveryMin, escalateAfterMin, escalateTo } = policy;
    const escalated = escalateAfterMin === null ? null : whom(escalateTo);
    const result = [
      whom(recipients) ?? t("policies.sentence.nobody"),
      ...(remindEveryMin === null ? [] : [t("policies.sentence.remind", { time: span(remindEveryMin) })]),
      ...(escalated === null
        ? []
        : [t("policies.sentence.escalate", { time: span(escalateAfterMin ?? 0), whom: escalated })]),
    ];
    return t("policies.sentence.whole", {
      what: [what(match), ...(activeHours === null ? [] : [hours(activeHours)])].join(", "),
      result: result.join(", "),
    });
  };
}

function some<Item>(items: readonly Item[], textOf: (items: readonly Item[]) => string): string[] {
  return items.length === 0 ? [] : [textOf(items)];
}

/** German nouns keep their capital letter. */
function uncapitalized(text: string, language: string): string {
  return language.startsWith("de") && !text.includes(" ")
    ? text
    : text.charAt(0).toLocaleLowerCase(language) + text.slice(1);
}
