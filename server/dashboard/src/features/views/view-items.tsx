import { Menu } from "@mantine/core";
import type { SavedView } from "@muster/shared/contracts/saved-view.ts";
import { House, Pencil, Share2, Trash2 } from "lucide-react";
import { useTranslations } from "../../i18n/translations.tsx";
import { useSession } from "../session/session-context.tsx";
import type { Views } from "./use-views.ts";

export type ViewDialog = "save" | "rename" | "delete";

type ViewItemsProps = { view: SavedView; views: Views; onDialog: (dialog: ViewDialog) => void };

/** What can be done with the view that is open. */
export function ViewItems({ view, views, onDialog }: ViewItemsProps) {
  const { t } = useTranslations();
  const { may } = useSession();
  const isFirst = views.views.data?.defaultViewId === view.id;
  // The owner may stop sharing without the operator's role.
  const mayShare = view.isOwn && (view.isShared || may("operator"));
  return (
    <>
      <Menu.Item leftSection={<House size={16} />} onClick={() => views.setDefault(isFirst ? null : view.id)}>
        {t(isFirst ? "fleet.views.clearDefault" : "fleet.views.setDefault")}
      </Menu.Item>
      {view.mayChange && (
        <Menu.Item leftSection={<Pencil size={16} />} onClick={() => onDialog("rename")}>
          {t("fleet.views.rename")}
        </Menu.Item>
      )}
      {mayShare && (
        <Menu.Item
          leftSection={<Share2 size={16} />}
          title={t("fleet.views.shareHint")}
          onClick={() => views.change({ view, given: { isShared: !view.isShared } })}
        >
          {t(view.isShared ? "fleet.views.unshare" : "fleet.views.share")}
        </Menu.Item>
      )}
      {(view.mayChange || view.isOwn) && (
        <Menu.Item color="critical" leftSection={<Trash2 size={16} />} onClick={() => onDialog("delete")}>
          {t("fleet.views.remove")}
        </Menu.Item>
      )}
    </>
  );
}
