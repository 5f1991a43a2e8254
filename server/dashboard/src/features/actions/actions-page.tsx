import "../../ui/mantine-dialog-styles.ts";
import { Button } from "@mantine/core";
import { ActionType } from "@muster/shared/actions/catalog.ts";
import { ActionState } from "@muster/shared/contracts/action.ts";
import { Zap } from "lucide-react";
import type { BatchFilter } from "../../api/action-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import classes from "./action-list.module.css";
import rowList from "../../ui/row-list.module.css";
import { ListSkeleton, NothingFound } from "./action-list.tsx";
import { BATCH_FILTERS, BatchFilters } from "./batch-filters.tsx";
import { BatchRow } from "./batch-row.tsx";
import { dayStart } from "../../ui/day-start.ts";
import { useAddressFilter } from "../../ui/use-address-filter.ts";
import { useBatchList } from "./use-batch-list.ts";

/** Every request of actions in the organization, newest first: one row for each, however many devices it is for. */
export function ActionsPage() {
  const { t } = useTranslations();
  return (
    <SettingsPage title={t("actions.title")} intro={t("actions.intro")}>
      <BatchList />
    </SettingsPage>
  );
}

function BatchList() {
  const { t } = useTranslations();
  const { values, isNarrowed, clear, change } = useAddressFilter(BATCH_FILTERS);
  const filter = toFilter(values);
  const { pages, refresh } = useBatchList(filter);
  const { items } = pages;
  const isEmpty = pages.isSuccess && items.length === 0;
  return (
    <div className={classes.page}>
      {filter.batchId === undefined ? (
        (isNarrowed || items.length > 0) && <BatchFilters values={values} onChange={change} />
      ) : (
        <p className={classes.batch}>
          {t("actions.filter.batch")}
          <Button size="compact-sm" variant="subtle" onClick={() => change({ batch: null })}>
            {t("actions.filter.showAll")}
          </Button>
        </p>
      )}
      {pages.error && items.length === 0 && (
        <FailureState error={pages.error} retry={() => void pages.refetch()} />
      )}
      {pages.isPending && <ListSkeleton />}
      {items.length > 0 && (
        <ul className={rowList.list} aria-label={t("actions.list.label")}>
          {items.map((batch) => (
            <BatchRow
              key={batch.id}
              batch={batch}
              isOpenAtFirst={filter.batchId !== undefined}
              state={filter.state}
              onChanged={refresh}
            />
          ))}
        </ul>
      )}
      {isEmpty && isNarrowed && <NothingFound onClear={clear} />}
      {isEmpty && !isNarrowed && (
        <MessageState
          icon={<Zap size={26} />}
          title={t("actions.list.empty")}
          text={t("actions.list.emptyHint")}
        />
      )}
      <MoreButton pages={pages} />
    </div>
  );
}

/** What the address says, without what no request could have: a typed address must not fail. */
function toFilter(values: Partial<Record<(typeof BATCH_FILTERS)[number], string>>): BatchFilter {
  return {
    state: ActionState.options.find((state) => state === values.state),
    type: ActionType.options.find((type) => type === values.type),
    deviceId: values.device,
    requester: values.by,
    since: dayStart(values.from, 0),
    until: dayStart(values.to, 1),
    batchId: values.batch,
  };
}
