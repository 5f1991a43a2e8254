import { Button, Menu } from "@mantine/core";
import type { SavedView } from "@muster/shared/contracts/saved-view.ts";
import { Bookmark, Check, House, List, Save, Share2, Undo2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useFailureText } from "../../ui/use-failure-text.ts";
import type { OpenView } from "./use-open-view.ts";
import type { Views } from "./use-views.ts";
import { definitionOf, isChangedFrom, type ShownView } from "./view-definition.ts";
import { type ViewDialog, ViewItems } from "./view-items.tsx";
import classes from "./views-menu.module.css";

const SaveViewDialog = lazy(async () => ({ default: (await import("./view-dialogs.tsx")).SaveViewDialog }));
const RenameViewDialog = lazy(async () => ({
  default: (await import("./view-dialogs.tsx")).RenameViewDialog,
}));
const DeleteViewDialog = lazy(async () => ({
  default: (await import("./view-dialogs.tsx")).DeleteViewDialog,
}));

type ViewsMenuProps = {
  views: Views;
  opened: OpenView;
  shown: ShownView;
};

/** Opens, saves and shares views of the fleet page. */
export function ViewsMenu({ views, opened, shown }: ViewsMenuProps) {
  const { t } = useTranslations();
  const [dialog, setDialog] = useState<ViewDialog | null>(null);
  const { view } = opened;
  const isChanged = view !== null && isChangedFrom(view.definition, shown);
  return (
    <>
      <Menu position="bottom-end" onOpen={() => void views.refresh()}>
        <Menu.Target>
          <Button
            variant="default"
            h={34}
            px={10}
            className={classes.button}
            data-open-view={view !== null || undefined}
          >
            <Bookmark size={16} aria-hidden="true" />
            <span className={classes.name}>
              {view ? (
                <>
                  <span className={classes.prefix}>{t("fleet.views.label")}: </span>
                  <bdi>{plainName(view.name)}</bdi>
                </>
              ) : (
                t("fleet.views.label")
              )}
            </span>
            {isChanged && <em className={classes.changed}>{t("fleet.views.changed")}</em>}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.list}>
          <ViewList views={views} opened={opened} />
          <Menu.Divider />
          {isChanged && view.mayChange && (
            <Menu.Item
              leftSection={<Save size={16} />}
              onClick={() => views.change({ view, given: { definition: definitionOf(shown) } })}
            >
              {t("fleet.views.save")}
            </Menu.Item>
          )}
          {isChanged && (
            <Menu.Item leftSection={<Undo2 size={16} />} onClick={() => opened.open(view)}>
              {t("fleet.views.discard")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Bookmark size={16} />} onClick={() => setDialog("save")}>
            {t("fleet.views.saveAs")}
          </Menu.Item>
          {view && <ViewItems view={view} views={views} onDialog={setDialog} />}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {dialog === "save" && (
          <SaveViewDialog
            definition={definitionOf(shown)}
            onSaved={(saved) => {
              views.take(saved);
              opened.stayOn(saved);
            }}
            onClose={() => setDialog(null)}
          />
        )}
        {dialog === "rename" && view && (
          <RenameViewDialog view={view} onDone={views.take} onClose={() => setDialog(null)} />
        )}
        {dialog === "delete" && view && (
          <DeleteViewDialog
            view={view}
            onDone={() => {
              opened.close();
              void views.refresh();
            }}
            onClose={() => setDialog(null)}
          />
        )}
      </Suspense>
    </>
  );
}

/** All devices, the member's own views, and the shared ones of others. */
function ViewList({ views, opened }: Pick<ViewsMenuProps, "views" | "opened">): ReactNode {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { data, error, refetch } = views.views;
  if (error) {
    return (
      <>
        <Menu.Label role="alert">{failureText(error)}</Menu.Label>
        <Menu.Item closeMenuOnClick={false} onClick={() => void refetch()}>
          {t("shell.action.retry")}
        </Menu.Item>
      </>
    );
  }
  if (!data) return <Menu.Label role="status">{t("shell.state.loading")}</Menu.Label>;
  const section = (label: string, items: readonly SavedView[]) =>
    items.length > 0 && (
      <>
        <Menu.Label>{label}</Menu.Label>
        {items.map((view) => (
          <ViewItem key={view.id} view={view} opened={opened} isFirst={view.id === data.defaultViewId} />
        ))}
      </>
    );
  return (
    <>
      <Menu.Item
        leftSection={<List size={16} />}
        rightSection={opened.view === null && <Check size={16} />}
        aria-current={opened.view === null}
        onClick={opened.close}
      >
        {t("fleet.views.all")}
      </Menu.Item>
      {data.items.length === 0 && <Menu.Label>{t("fleet.views.empty")}</Menu.Label>}
      {section(
        t("fleet.views.own"),
        data.items.filter(({ isOwn }) => isOwn),
      )}
      {section(
        t("fleet.views.shared"),
        data.items.filter(({ isOwn }) => !isOwn),
      )}
    </>
  );
}

type ViewItemProps = { view: SavedView; opened: OpenView; isFirst: boolean };

function ViewItem({ view, opened, isFirst }: ViewItemProps) {
  const { t } = useTranslations();
  const isOpen = opened.view?.id === view.id;
  return (
    <Menu.Item
      aria-current={isOpen}
      rightSection={
        <span className={classes.marks}>
          {view.isOwn && view.isShared && (
            <Share2 size={14} role="img" aria-label={t("fleet.views.isShared")} />
          )}
          {isFirst && <House size={14} role="img" aria-label={t("fleet.views.first")} />}
          {isOpen && <Check size={16} aria-hidden="true" />}
        </span>
      }
      onClick={() => opened.open(view)}
    >
      <bdi>{plainName(view.name)}</bdi>
      {!view.isOwn && (
        <small className={classes.owner}>{t("fleet.views.by", { name: plainName(view.owner.name) })}</small>
      )}
    </Menu.Item>
  );
}
