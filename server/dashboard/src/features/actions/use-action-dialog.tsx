import type { ActionType } from "@muster/shared/actions/catalog.ts";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Matching } from "../fleet/selection-targets.ts";
import type { ActionTarget } from "./action-target.tsx";

const ActionDialog = lazy(() => import("./action-dialog.tsx").then((m) => ({ default: m.ActionDialog })));

/** The dialog for actions on `devices`, or on all that match: `ask` opens it, `dialog` is to be rendered. */
export function useActionDialog(
  devices: readonly ActionTarget[],
  { matching = null, onDone }: { matching?: Matching | null; onDone?: () => void } = {},
): { ask: (type: ActionType) => void; dialog: ReactNode } {
  const [type, setType] = useState<ActionType | null>(null);
  const close = () => setType(null);
  const dialog = type && (
    <Suspense fallback={null}>
      <ActionDialog
        devices={devices}
        matching={matching}
        type={type}
        onDone={() => {
          close();
          onDone?.();
        }}
        onClose={close}
      />
    </Suspense>
  );
  return { ask: setType, dialog };
}
