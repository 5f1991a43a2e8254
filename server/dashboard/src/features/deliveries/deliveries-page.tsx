import "../../ui/mantine-dialog-styles.ts";
import { Button } from "@mantine/core";
import { DeliveryState } from "@muster/shared/contracts/delivery.ts";
import { RefreshCw, SearchX, Send } from "lucide-react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import rowList from "../../ui/row-list.module.css";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useAddressFilter } from "../../ui/use-address-filter.ts";
import { DELIVERY_FILTERS, DeliveryFilters } from "./delivery-filters.tsx";
import { DeliveryRow } from "./delivery-row.tsx";

/** The log of messages about alarms, newest first. */
export function DeliveriesPage() {
  const { t } = useTranslations();
  const { values, isNarrowed, change, clear } = useAddressFilter(DELIVERY_FILTERS);
  const filter = {
    state: DeliveryState.options.find((state) => state === values.state),
    channelId: values.channel,
    alarmId: values.alarm,
  };
  const pages = usePages(["deliveries", filter], ({ query, signal }) =>
    callApi("deliveryPage", paths.deliveries, { query: { ...filter, ...query }, ...(signal && { signal }) }),
  );
  const { items } = pages;
  const isEmpty = pages.isSuccess && items.length === 0;
  return (
    <SettingsPage
      title={t("deliveries.title")}
      intro={t("deliveries.intro")}
      action={
        <Button
          variant="default"
          leftSection={<RefreshCw size={16} />}
          loading={pages.isRefetching && !pages.isFetchingNextPage}
          onClick={() => void pages.refetch()}
        >
          {t("deliveries.refresh")}
        </Button>
      }
    >
      <DeliveryFilters values={values} onChange={change} />
      {pages.error && items.length === 0 && (
        <FailureState error={pages.error} retry={() => void pages.refetch()} />
      )}
      {items.length > 0 && (
        <ol className={rowList.list} aria-label={t("deliveries.title")}>
          {items.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} />
          ))}
        </ol>
      )}
      {isEmpty && !isNarrowed && (
        <MessageState
          icon={<Send size={26} />}
          title={t("deliveries.empty")}
          text={t("deliveries.emptyHint")}
        />
      )}
      {isEmpty && isNarrowed && (
        <MessageState
          icon={<SearchX size={26} />}
          title={t("settings.common.noMatch")}
          text={t("settings.common.noMatchHint")}
        >
          <Button variant="default" onClick={clear}>
            {t("shell.filter.clear")}
          </Button>
        </MessageState>
      )}
      <MoreButton pages={pages} />
    </SettingsPage>
  );
}
