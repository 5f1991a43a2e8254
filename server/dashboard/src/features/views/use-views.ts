import type { SavedView, SavedViews, ViewChange } from "@muster/shared/contracts/saved-view.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";

/** The saved views, and what their menu does with them. */
export function useViews() {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const views = useQuery(queries.views());
  const refresh = () => queryClient.invalidateQueries({ queryKey: queries.views().queryKey });
  const onError = (error: unknown) => {
    showToast({ text: failureText(error), tone: "failure" });
    // Somebody else may have changed or deleted it.
    void refresh();
  };

  const change = useMutation({
    mutationFn: ({ view, given }: { view: SavedView; given: ViewChange }) => changeView(view, given),
    onSuccess: (saved) => {
      take(saved);
      showToast({ text: t("fleet.views.saved") });
    },
    onError,
  });
  const setDefault = useMutation({
    mutationFn: (viewId: string | null) =>
      callApi("nothing", paths.defaultView, { method: "PUT", body: { viewId } }),
    onSuccess: refresh,
    onError,
  });

  /** Puts what the server saved into the list, so that the page knows it before the list is read again. */
  function take(saved: SavedView): void {
    queryClient.setQueryData<SavedViews>(
      queries.views().queryKey,
      (known) => known && { ...known, items: [...known.items.filter(({ id }) => id !== saved.id), saved] },
    );
    void refresh();
  }

  return { views, take, refresh, change: change.mutate, setDefault: setDefault.mutate };
}

export type Views = ReturnType<typeof useViews>;

export function changeView({ id, version }: SavedView, given: ViewChange): Promise<SavedView> {
  return callApi("savedView", paths.view(id), { method: "PATCH", body: given, ifMatch: version });
}
