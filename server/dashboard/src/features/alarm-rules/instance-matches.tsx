import { matchesAny } from "@muster/shared/alarms/instance-pattern.ts";
import { INSTANCE_KINDS } from "@muster/shared/contracts/metric-table.ts";
import { useQuery } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./rule-editor.module.css";
import type { SettingValues } from "./rule-form.ts";

const MAX_NAMES = 6;

/** Which of the file systems or interfaces that devices have the patterns of a rule match. */
export function InstanceMatches({ settings }: { settings: SettingValues }) {
  const { t, formats } = useTranslations();
  const { metric, instances } = settings;
  const kind = INSTANCE_KINDS.find((one) => typeof metric === "string" && metric.startsWith(`${one}.`));
  const { data } = useQuery({
    queryKey: ["alarm-instances", kind],
    queryFn: ({ signal }) => callApi("alarmInstances", paths.alarmInstances, { query: { kind }, signal }),
    enabled: kind !== undefined,
  });
  if (!kind || !data || data.items.length === 0) return null;
  const patterns = Array.isArray(instances) ? instances : [];
  const found = data.items.filter(({ name }) => matchesAny(patterns, name));
  const names = found.slice(0, MAX_NAMES).map(({ name }) => name);
  const more = found.length - names.length;
  const listed = names.join(", ");
  return (
    <p className={classes.note} role="status">
      {found.length === 0
        ? t("alarmRules.field.matchesNone")
        : t("alarmRules.field.matches", {
            found: formats.whole(found.length),
            total: formats.whole(data.items.length),
            names: more === 0 ? listed : t("alarmRules.field.andMore", { names: listed, count: more }),
          })}
    </p>
  );
}
