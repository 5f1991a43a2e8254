import { ActionIcon, Button, Menu } from "@mantine/core";
import { ArrowDownUp, Check, Download, LayoutGrid, Plus, Rows3 } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { useSession } from "../session/session-context.tsx";
import { ColumnMenu } from "./column-menu.tsx";
import { CHOICES, type FleetQuery } from "./fleet-query.ts";
import classes from "./fleet-toolbar.module.css";
import { useLastEdit } from "./last-edit.ts";
import type { Columns } from "./use-columns.ts";

const UndoButton = lazy(() => import("./undo-button.tsx").then((module) => ({ default: module.UndoButton })));

export type FleetToolbarProps = {
  query: FleetQuery;
  view: "table" | "cards";
  columns: Columns;
  onChange: (part: Partial<FleetQuery>, replace?: boolean) => void;
  /** The menu of saved views. */
  views: ReactNode;
  onView: (view: "table" | "cards") => void;
  onExport: () => void;
  onAdd: () => void;
};

/** How the list is ordered and shown, and how to add to it. */
export function FleetToolbar(props: FleetToolbarProps) {
  const { t } = useTranslations();
  const { may } = useSession();
  const { query, view, onChange } = props;
  const lastEdit = useLastEdit();
  return (
    <div className={classes.toolbar}>
      {lastEdit && (
        <Suspense fallback={null}>
          <UndoButton key={lastEdit.id} edit={lastEdit} />
        </Suspense>
      )}
      {props.views}
      <SortMenu query={query} onChange={onChange} />
      {view === "table" && <ColumnMenu columns={props.columns} className={classes.columns} />}
      <ActionIcon
        size={34}
        variant="default"
        aria-label={t("fleet.selection.exportAll")}
        title={t("fleet.selection.exportAll")}
        onClick={props.onExport}
      >
        <Download size={16} />
      </ActionIcon>
      <ViewSwitch view={view} onView={props.onView} />
      {may("operator") && (
        <Button
          className={classes.add}
          onClick={props.onAdd}
          h={34}
          px={12}
          aria-label={t("fleet.addDevice")}
        >
          <Plus size={16} />
          <span className={classes.word}>{t("fleet.addDevice")}</span>
        </Button>
      )}
    </div>
  );
}

const VIEWS = [
  { name: "table", icon: Rows3 },
  { name: "cards", icon: LayoutGrid },
] as const;

function ViewSwitch({ view, onView }: Pick<FleetToolbarProps, "view" | "onView">) {
  const { t } = useTranslations();
  return (
    <ActionIcon.Group role="group" aria-label={t("fleet.view.label")}>
      {VIEWS.map(({ name, icon: Icon }) => (
        <ActionIcon
          key={name}
          size={34}
          variant="default"
          aria-label={t(`fleet.view.${name}`)}
          title={t(`fleet.view.${name}`)}
          aria-pressed={view === name}
          className={classes.view}
          onClick={() => onView(name)}
        >
          <Icon size={16} />
        </ActionIcon>
      ))}
    </ActionIcon.Group>
  );
}

function SortMenu({ query, onChange }: { query: FleetQuery; onChange: FleetToolbarProps["onChange"] }) {
  const { t } = useTranslations();
  const name = t(`fleet.sort.${query.sort}`);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          h={34}
          px={10}
          aria-label={`${t("fleet.sort.label")}: ${name}`}
          className={classes.sort}
        >
          <ArrowDownUp size={16} />
          <span className={classes.word}>
            {query.order === "asc" ? name : t("fleet.sort.turned", { name })}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.sort.map((sort) => (
          <Menu.Item
            key={sort}
            aria-current={sort === query.sort}
            rightSection={sort === query.sort && <Check size={16} />}
            onClick={() =>
              onChange({ sort, order: sort === query.sort && query.order === "asc" ? "desc" : "asc" })
            }
          >
            {t(`fleet.sort.${sort}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
