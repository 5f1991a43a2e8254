import "../../ui/mantine-dialog-styles.ts";
import { Button, Select } from "@mantine/core";
import { ActionType } from "@muster/shared/actions/catalog.ts";
import { ActionState } from "@muster/shared/contracts/action.ts";
import { SearchX, Zap } from "lucide-react";
import type { ActionFilter } from "../../api/action-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { ACTION_TYPES, useActionTexts } from "./action-catalog.ts";
import classes from "./action-list.module.css";
import rowList from "../../ui/row-list.module.css";
import { ActionRow } from "./action-row.tsx";
import { useActionList } from "./use-action-list.ts";
import { MoreButton } from "../../ui/more-button.tsx";
import { useAddressFilter } from "../../ui/use-address-filter.ts";

const ALL = "all";
const NAMES = ["state", "type"] as const;

/** Actions of a device, newest first, in each state that a list can have. */
export function ActionList({ deviceId }: { deviceId: string }) {
  const { t } = useTranslations();
  const { values, isNarrowed, clear, change } = useAddressFilter(NAMES);
  const filter: ActionFilter = {
    deviceId,
    state: ActionState.options.find((state) => state === values.state),
    type: ActionType.options.find((type) => type === values.type),
  };
  const list = useActionList(filter);
  const { items, isSuccess } = list.pages;
  const isEmpty = isSuccess && items.length === 0;
  return (
    <div className={classes.page}>
      {(isNarrowed || items.length > 0) && (
        <div className={rowList.filters}>
          <StateSelect value={filter.state} onChange={(value) => change({ state: value })} />
          <TypeSelect value={filter.type} onChange={(value) => change({ type: value })} />
        </div>
      )}
      <ActionRows list={list} hasDevice={false} />
      {isEmpty && !isNarrowed && (
        <MessageState
          icon={<Zap size={26} />}
          title={t("actions.list.emptyDevice")}
          text={t("actions.list.emptyDeviceHint")}
        />
      )}
      {isEmpty && isNarrowed && <NothingFound onClear={clear} />}
    </div>
  );
}

type ActionRowsProps = { list: ReturnType<typeof useActionList>; hasDevice: boolean; hasPayload?: boolean };

/** The rows of a list of actions, while it loads and when it fails, and the button for more. */
export function ActionRows({ list: { pages, refresh }, hasDevice, hasPayload = true }: ActionRowsProps) {
  const { t } = useTranslations();
  const { items } = pages;
  return (
    <>
      {pages.error && items.length === 0 && (
        <FailureState error={pages.error} retry={() => void pages.refetch()} />
      )}
      {pages.isPending && <ListSkeleton />}
      {items.length > 0 && (
        <ul className={rowList.list} aria-label={t("actions.list.label")}>
          {items.map((action) => (
            <li key={action.id} className={classes.row}>
              <ActionRow
                action={action}
                hasDevice={hasDevice}
                hasPayload={hasPayload}
                onChanged={(id) => refresh([id])}
              />
            </li>
          ))}
        </ul>
      )}
      <MoreButton pages={pages} />
    </>
  );
}

export function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useTranslations();
  return (
    <MessageState
      icon={<SearchX size={26} />}
      title={t("actions.list.filtered")}
      text={t("actions.list.filteredHint")}
    >
      <Button variant="default" onClick={onClear}>
        {t("shell.filter.clear")}
      </Button>
    </MessageState>
  );
}

export function ListSkeleton() {
  const { t } = useTranslations();
  return (
    <div className={rowList.list} role="status" aria-label={t("shell.state.loading")}>
      {[0, 1, 2].map((place) => (
        <div key={place} className={classes.skeleton} />
      ))}
    </div>
  );
}

type FilterSelectProps<Value> = { value: Value | undefined; onChange: (value: string | null) => void };

export function StateSelect({ value, onChange }: FilterSelectProps<ActionState>) {
  const { t } = useTranslations();
  return (
    <Select
      aria-label={t("actions.filter.state")}
      data={[
        { value: ALL, label: t("actions.filter.allStates") },
        ...ActionState.options.map((state) => ({ value: state, label: t(`actions.state.${state}`) })),
      ]}
      value={value ?? ALL}
      onChange={(chosen) => onChange(chosen === ALL ? null : chosen)}
    />
  );
}

export function TypeSelect({ value, onChange }: FilterSelectProps<ActionType>) {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  return (
    <Select
      aria-label={t("actions.filter.type")}
      data={[
        { value: ALL, label: t("actions.filter.allTypes") },
        ...ACTION_TYPES.map((type) => ({ value: type, label: textsOf(type).label })),
      ]}
      value={value ?? ALL}
      onChange={(chosen) => onChange(chosen === ALL ? null : chosen)}
    />
  );
}
