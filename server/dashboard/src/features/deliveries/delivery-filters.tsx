import { Button, Select } from "@mantine/core";
import { DeliveryState } from "@muster/shared/contracts/delivery.ts";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import rowList from "../../ui/row-list.module.css";
import { useSession } from "../session/session-context.tsx";

/** The names of the filters in the address; `channel` and `alarm` are ids. */
export const DELIVERY_FILTERS = ["state", "channel", "alarm"] as const;
type Name = (typeof DELIVERY_FILTERS)[number];

type DeliveryFiltersProps = {
  values: Partial<Record<Name, string>>;
  onChange: (changes: Partial<Record<Name, string | null>>) => void;
};

export function DeliveryFilters({ values, onChange }: DeliveryFiltersProps) {
  const { t } = useTranslations();
  // Channels are of the whole organization: a member with a customer limit may not list them.
  const { customers: limit } = useSession();
  const channels = useQuery({ ...queries.channels(), enabled: limit === null });
  return (
    <div className={rowList.filters}>
      <Select
        aria-label={t("settings.common.state")}
        placeholder={t("deliveries.anyState")}
        clearable
        data={DeliveryState.options.map((state) => ({ value: state, label: t(`deliveries.state.${state}`) }))}
        value={values.state ?? null}
        onChange={(state) => onChange({ state })}
      />
      {limit === null && (
        <Select
          aria-label={t("deliveries.channel")}
          placeholder={t("deliveries.anyChannel")}
          searchable
          clearable
          data={channels.data?.items.map(({ id, name }) => ({ value: id, label: plainName(name) })) ?? []}
          value={values.channel ?? null}
          onChange={(channel) => onChange({ channel })}
        />
      )}
      {values.alarm !== undefined && (
        <Button
          variant="default"
          rightSection={<X size={14} />}
          title={t("deliveries.allAlarms")}
          onClick={() => onChange({ alarm: null })}
        >
          {t("deliveries.ofAlarm")}
        </Button>
      )}
    </div>
  );
}
