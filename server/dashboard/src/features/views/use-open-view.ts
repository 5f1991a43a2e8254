import type { SavedView } from "@muster/shared/contracts/saved-view.ts";
import { useEffect, useEffectEvent, useRef } from "react";
import { useLocation, useSearch } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { readStored, writeStored } from "../../ui/browser-storage.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { formatFleetQuery, parseFleetQuery } from "../fleet/fleet-query.ts";
import { addressOf, NO_VIEW, viewIdOf } from "../fleet/view-address.ts";
import type { Views } from "./use-views.ts";

/** The view whose columns and layout this browser shows. */
const STORAGE_KEY = "muster-fleet-opened-view";

/**
 * The view of the page's address, and how to open one. An address with nothing but a view gets the filters of that view, and the plain
 * address those of the view that comes first. `adopt` shows the columns and the layout of a view that was not open before.
 */
export function useOpenView(views: Views["views"], adopt: (view: SavedView) => void) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const search = useSearch();
  const [, navigate] = useLocation();
  const known = views.data;
  const viewId = viewIdOf(search);
  const wantedId = search === "" ? (known?.defaultViewId ?? null) : viewId;
  const view = known?.items.find(({ id }) => id === wantedId) ?? null;

  const adopted = useRef(readStored(STORAGE_KEY));
  const remember = (id: string) => {
    adopted.current = id;
    writeStored(STORAGE_KEY, id);
  };

  const followAddress = useEffectEvent((isRead: boolean, address: string) => {
    if (!isRead) return;
    if (wantedId !== null && wantedId !== NO_VIEW && !view) {
      showToast({ text: t("fleet.views.gone"), tone: "failure" });
      navigate(addressOf(NO_VIEW, formatFleetQuery(parseFleetQuery(address))), { replace: true });
      return;
    }
    if (view && adopted.current !== view.id) adopt(view);
    remember(view?.id ?? "");
    if (!view || formatFleetQuery(parseFleetQuery(address)) !== "") return;
    const filters = formatFleetQuery(view.definition.query);
    // The address of such a view may have more, such as a dialog.
    if (filters === "" && viewId === view.id) return;
    const opened = addressOf(view.id, filters);
    if (opened !== `/?${address}`) navigate(opened, { replace: true });
  });
  const isRead = known !== undefined && !views.isFetching;
  useEffect(() => followAddress(isRead, search), [isRead, search]);

  return {
    view,
    open(next: SavedView) {
      adopt(next);
      remember(next.id);
      navigate(addressOf(next.id, formatFleetQuery(next.definition.query)));
    },
    /** Stays on what is shown, as the view that was saved from it. */
    stayOn(saved: SavedView) {
      remember(saved.id);
      navigate(addressOf(saved.id, formatFleetQuery(parseFleetQuery(search))), { replace: true });
    },
    close: () => navigate(addressOf(known?.defaultViewId ? NO_VIEW : null, "")),
  };
}

export type OpenView = ReturnType<typeof useOpenView>;
