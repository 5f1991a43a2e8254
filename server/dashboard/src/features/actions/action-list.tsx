import "../../ui/mantine-dialog-styles.ts";
import { Button, Select } from "@mantine/core";
import { ActionType } from "@muster/shared/actions/catalog.ts";
import { ActionState } from "@muster/shared/contracts/action.ts";
import { SearchX, Zap } from "lucide-react";
import { useLocation, useSearch } from "wouter";
import type { ActionFilter } from "../../api/action-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { ACTION_TYPES, useActionTexts } from "./action-catalog.ts";
import classes from "./action-list.module.css";
import { ActionRow } from "./action-row.tsx";
import { useActionList } from "./use-action-list.ts";

const ALL = "all";

/** Actions, newest first, of one device or of the organization, in each state that a list can have. */
export function ActionList({ deviceId }: { deviceId?: string }) {
  const { t } = useTranslations();
  const { filter, isNarrowed, clear, change } = useActionFilter();
  const { pages, refresh } = useActionList({ ...filter, deviceId });
  const { items } = pages;
  return (
    <div className={classes.page}>
      {(isNarrowed || items.length > 0) && <Filters />}
      {filter.batchId && (
        <p className={classes.batch}>
          {t("actions.filter.batch")}
          <Button size="compact-sm" variant="subtle" onClick={() => change("batch", null)}>
            {t("actions.filter.showAll")}
          </Button>
        </p>
      )}
      {pages.error && items.length === 0 && (
        <FailureState error={pages.error} retry={() => void pages.refetch()} />
      )}
      {pages.isPending && <Skeleton />}
      {pages.isSuccess && items.length === 0 && !isNarrowed && (
        <MessageState
          icon={<Zap size={26} />}
          title={t(deviceId ? "actions.list.emptyDevice" : "actions.list.empty")}
          text={t(deviceId ? "actions.list.emptyDeviceHint" : "actions.list.emptyHint")}
        />
      )}
      {pages.isSuccess && items.length === 0 && isNarrowed && (
        <MessageState
          icon={<SearchX size={26} />}
          title={t("actions.list.filtered")}
          text={t("actions.list.filteredHint")}
        >
          <Button variant="default" onClick={clear}>
            {t("actions.filter.clear")}
          </Button>
        </MessageState>
      )}
      {items.length > 0 && (
        <ul className={classes.list} aria-label={t("actions.list.label")}>
          {items.map((action) => (
            <ActionRow
              key={action.id}
              action={action}
              hasDevice={deviceId === undefined}
              onChanged={(id) => refresh([id])}
            />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t("shell.action.loadMore")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Filters() {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  const { filter, change } = useActionFilter();
  const read = (value: string | null) => (value === ALL ? null : value);
  return (
    <div className={classes.filters}>
      <Select
        aria-label={t("actions.filter.state")}
        data={[
          { value: ALL, label: t("actions.filter.allStates") },
          ...ActionState.options.map((state) => ({ value: state, label: t(`actions.state.${state}`) })),
        ]}
        value={filter.state ?? ALL}
        onChange={(value) => change("state", read(value))}
      />
      <Select
        aria-label={t("actions.filter.type")}
        data={[
          { value: ALL, label: t("actions.filter.allTypes") },
          ...ACTION_TYPES.map((type) => ({ value: type, label: textsOf(type).label })),
        ]}
        value={filter.type ?? ALL}
        onChange={(value) => change("type", read(value))}
      />
    </div>
  );
}

function Skeleton() {
  const { t } = useTranslations();
  return (
    <div className={classes.list} role="status" aria-label={t("shell.state.loading")}>
      {[0, 1, 2].map((place) => (
        <div key={place} className={classes.skeleton} />
      ))}
    </div>
  );
}

/** Every action of the organization. */
export function ActionsPage() {
  const { t } = useTranslations();
  return (
    <SettingsPage title={t("actions.title")} intro={t("actions.intro")}>
      <ActionList />
    </SettingsPage>
  );
}

const NARROWING = ["state", "type", "batch"] as const;

/** The filter as the address has it, so that it survives a reload and can be handed on. */
function useActionFilter() {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const parameters = new URLSearchParams(search);
  const filter: ActionFilter = {
    state: ActionState.options.find((state) => state === parameters.get("state")),
    type: ActionType.options.find((type) => type === parameters.get("type")),
    batchId: parameters.get("batch") ?? undefined,
  };
  const go = () =>
    navigate(parameters.size === 0 ? path : `${path}?${parameters.toString()}`, { replace: true });
  return {
    filter,
    isNarrowed: Object.values(filter).some((value) => value !== undefined),
    change(name: (typeof NARROWING)[number], value: string | null) {
      if (value === null) parameters.delete(name);
      else parameters.set(name, value);
      go();
    },
    clear() {
      for (const name of NARROWING) parameters.delete(name);
      go();
    },
  };
}
