import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../i18n/words.tsx";

const MINUTE_S = 60;
const DEFAULT_MINUTES = 120;
const MOST_MINUTES = 43_200;

const KINDS = ["unlimited", "limited", "forbidden"] as const;
type Kind = (typeof KINDS)[number];

type PauseLimitFieldProps = {
  /** Seconds; null for no limit, 0 for not at all. */
  value: number | null;
  onChange: (value: number | null) => void;
};

/** How long the person at a machine may pause its agent for. */
export function PauseLimitField({ value, onChange }: PauseLimitFieldProps) {
  const { t } = useWords();
  const [minutes, setMinutes] = useState(value ? String(value / MINUTE_S) : String(DEFAULT_MINUTES));
  const kind = kindOf(value);
  const secondsOf = (text: string) => Math.max(1, Math.round(Number(text) * MINUTE_S));
  const values: Record<Kind, number | null> = {
    unlimited: null,
    limited: secondsOf(minutes),
    forbidden: 0,
  };
  return (
    <>
      <Select
        label={t("settings.organization.pause")}
        description={t("settings.organization.pauseHint")}
        allowDeselect={false}
        data={KINDS.map((one) => ({ value: one, label: t(`settings.organization.pauseKind.${one}`) }))}
        value={kind}
        onChange={(chosen) => chosen !== null && onChange(values[chosen])}
      />
      {kind === "limited" && (
        <TextInput
          type="number"
          required
          withAsterisk={false}
          min={1}
          max={MOST_MINUTES}
          step="any"
          label={t("settings.organization.pauseMinutes")}
          value={minutes}
          onChange={({ currentTarget }) => {
            setMinutes(currentTarget.value);
            onChange(secondsOf(currentTarget.value));
          }}
        />
      )}
    </>
  );
}

function kindOf(value: number | null): Kind {
  if (value === null) return "unlimited";
  return value === 0 ? "forbidden" : "limited";
}
