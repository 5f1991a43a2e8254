import { Select, TextInput } from "@mantine/core";
import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { CustomerSelect } from "../customers/customer-select.tsx";
import { DeviceSelect } from "../fleet/device-select.tsx";
import classes from "./policies.module.css";
import { PreviewResult } from "./preview-result.tsx";

const SEVERITIES = ["critical", "warning", "info"] as const satisfies readonly AlarmSeverity[];

type SupposedAlarm = {
  severity: AlarmSeverity;
  ruleId: string | null;
  deviceId: string | null;
  customer: CustomerRef | null;
  tag: string | null;
  date: string;
  time: string;
};

/** Answers who would be notified of an alarm. `version` is that of the policies. */
export function PreviewPanel({ version }: { version: string }) {
  const { t } = useTranslations();
  const id = useId();
  const [alarm, setAlarm] = useState<SupposedAlarm>(() => ({
    severity: "critical",
    ruleId: null,
    deviceId: null,
    customer: null,
    tag: null,
    date: nextSunday(new Date()),
    time: "03:00",
  }));
  const { severity, ruleId, deviceId, customer, tag } = alarm;
  const at = new Date(`${alarm.date}T${alarm.time}`);
  const isValid = !Number.isNaN(at.getTime());
  const body = {
    severity,
    ruleId,
    deviceId,
    customerId: deviceId === null ? (customer?.id ?? null) : null,
    tags: deviceId === null && tag !== null ? [tag] : [],
    at: isValid ? at.toISOString() : null,
  };
  const preview = useQuery({
    queryKey: ["notification-preview", version, body],
    queryFn: ({ signal }) =>
      callApi("notificationPreview", paths.notificationPreview, { method: "POST", body, signal }),
    enabled: isValid,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  return (
    <section className={classes.preview} aria-labelledby={id}>
      <h2 id={id}>{t("policies.preview.title")}</h2>
      <p className={classes.dim}>{t("policies.preview.intro")}</p>
      <AlarmFields alarm={alarm} onChange={(change) => setAlarm({ ...alarm, ...change })} />
      {preview.error && <FailureState error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data && !preview.error && <PreviewResult preview={preview.data} />}
    </section>
  );
}

type AlarmFieldsProps = { alarm: SupposedAlarm; onChange: (change: Partial<SupposedAlarm>) => void };

function AlarmFields({ alarm, onChange }: AlarmFieldsProps) {
  const { t } = useTranslations();
  const rules = useQuery(queries.alarmRules());
  const summary = useQuery(queries.summary());
  return (
    <div className={classes.fields}>
      <Select
        label={t("policies.preview.severity")}
        allowDeselect={false}
        data={SEVERITIES.map((value) => ({ value, label: t(`alarms.severity.${value}`) }))}
        value={alarm.severity}
        onChange={(value) =>
          onChange({ severity: SEVERITIES.find((one) => one === value) ?? alarm.severity })
        }
      />
      <Select
        label={t("policies.preview.rule")}
        placeholder={t("policies.preview.anyRule")}
        searchable
        clearable
        data={rules.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={alarm.ruleId}
        onChange={(ruleId) => onChange({ ruleId })}
      />
      <div>
        <span className={classes.fieldLabel}>{t("policies.preview.device")}</span>
        <DeviceSelect value={alarm.deviceId ?? undefined} onChange={(deviceId) => onChange({ deviceId })} />
      </div>
      {alarm.deviceId === null && (
        <>
          <CustomerSelect
            label={t("policies.preview.customer")}
            mayCreate={false}
            value={alarm.customer}
            onChange={(chosen) =>
              onChange({ customer: chosen === null || chosen.id === null ? null : chosen })
            }
          />
          <Select
            label={t("policies.preview.tag")}
            placeholder={t("policies.preview.noTag")}
            searchable
            clearable
            data={summary.data?.tags ?? []}
            value={alarm.tag}
            onChange={(tag) => onChange({ tag })}
          />
        </>
      )}
      <TextInput
        type="date"
        label={t("policies.preview.date")}
        value={alarm.date}
        onChange={({ currentTarget }) => onChange({ date: currentTarget.value })}
      />
      <TextInput
        type="time"
        label={t("policies.preview.time")}
        value={alarm.time}
        onChange={({ currentTarget }) => onChange({ time: currentTarget.value })}
      />
    </div>
  );
}

/** The next Sunday after today, as "2026-03-01": the time at which a mistake in the policies hurts most. */
function nextSunday(today: Date): string {
  const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 7 - today.getDay());
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}`;
}
