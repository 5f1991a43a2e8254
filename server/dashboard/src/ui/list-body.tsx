import { TextInput } from "@mantine/core";
import { Search, SearchX } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "../i18n/translations.tsx";
import { type DataColumn, DataTable } from "./data-table.tsx";
import { FailureState } from "./failure-state.tsx";
import { MoreButton } from "./more-button.tsx";
import { MessageState } from "./message-state.tsx";
import classes from "./settings-page.module.css";

type ListBodyProps<Row> = {
  label: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly DataColumn<Row>[];
  /** Texts of a row that the search looks into; left out where the server searches. */
  searchIn?: (row: Row) => readonly (string | null)[];
  empty: ReactNode;
  pages: {
    isPending: boolean;
    error: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
};

const SEARCH_FROM = 8;

/** A list in each of its states: first load, failure, empty, no match, rows, more rows. */
export function ListBody<Row>(props: ListBodyProps<Row>) {
  const { t } = useTranslations();
  const { rows, pages, searchIn } = props;
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  if (pages.error && rows.length === 0) {
    return <FailureState error={pages.error} retry={() => void pages.refetch()} />;
  }
  if (pages.isPending) return null;
  if (rows.length === 0) return props.empty;
  const found =
    wanted === "" || !searchIn
      ? rows
      : rows.filter((row) => searchIn(row).some((part) => part?.toLowerCase().includes(wanted)));
  return (
    <>
      {searchIn && (rows.length >= SEARCH_FROM || pages.hasNextPage) && (
        <TextInput
          type="search"
          className={classes.search}
          leftSection={<Search size={16} />}
          aria-label={t("settings.common.search")}
          placeholder={t("settings.common.search")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {found.length === 0 ? (
        <MessageState
          icon={<SearchX size={26} />}
          title={t("settings.common.noMatch")}
          text={t("settings.common.noMatchHint")}
        />
      ) : (
        <DataTable label={props.label} rows={found} rowKey={props.rowKey} columns={props.columns} />
      )}
      <MoreButton pages={pages} />
    </>
  );
}
