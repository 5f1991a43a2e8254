import { matchesAny } from "@muster/shared/alarms/instance-pattern.ts";
import { INSTANCE_KINDS } from "@muster/shared/contracts/metric-table.ts";
import { useQuery } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./rule-editor.module.css";
import type { SettingValues } from "./rule-form.ts";

const MAX_NAMES = 6;
const NO_NAMES: readonly string[] = [];

/** Names of the file systems or interfaces that devices have, for the metric of a rule; none for a metric without instances. */
export function useInstanceNames(metric: string | null): readonly string[] {
  const kind = INSTANCE_KINDS.find((one) => metric?.startsWith(`${one}.`));
  const { data } = useQuery({
    queryKey: ["alarm-instances", kind],
    queryFn: ({ signal }) => callApi("alarmInstances", paths.alarmInstances, { query: { kind }, signal }),
    enabled: kind !== undefined,
  });
  return (kind && data?.items.map(({ name }) => name)) ?? NO_NAMES;
}

/** Which of these names the patterns of a rule match. */
export function InstanceMatches({ settings, known }: { settings: SettingValues; known: readonly string[] }) {
  const { t, formats } = useTranslations();
  const { instances } = settings;
  if (known.length === 0) return null;
  const patterns = Array.isArray(instances) ? instances : [];
  const found = known.filter((name) => matchesAny(patterns, name));
  const listed = found.slice(0, MAX_NAMES).join(", ");
  const more = Math.max(0, found.length - MAX_NAMES);
  return (
    <p className={classes.note} role="status">
      {found.length === 0
        ? t("alarmRules.field.matchesNone")
        : t("alarmRules.field.matches", {
            found: formats.whole(found.length),
            total: formats.whole(known.length),
            names: more === 0 ? listed : t("alarmRules.field.andMore", { names: listed, count: more }),
          })}
    </p>
  );
}
