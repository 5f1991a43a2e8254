import { Button, type ButtonProps, Menu } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { actionBlockOf } from "@muster/shared/actions/action-block.ts";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useQuery } from "@tanstack/react-query";
import { Zap } from "lucide-react";
import { useCallback } from "react";
import { useCatalogTexts } from "../../i18n/translations.tsx";
import { useSession } from "../session/session-context.tsx";
import type { OfferedAction } from "./action-catalog.ts";
import { useActionDialog } from "./use-action-dialog.tsx";

type ActionButtonsProps = {
  actions: readonly OfferedAction[];
  look: ButtonProps;
  onAsk: (type: ActionType) => void;
};

/** A button for each action. */
export function ActionButtons({ actions, look, onAsk }: ActionButtonsProps) {
  const labelOf = useOfferedLabel();
  return actions.map((offered) => (
    <Button key={offered.type} {...look} onClick={() => onAsk(offered.type)}>
      {labelOf(offered)}
    </Button>
  ));
}

type ActionItemsProps = { actions: readonly OfferedAction[]; onAsk: (type: ActionType) => void };

/** The actions without a button of their own, as the first entries of a menu. */
export function ActionItems({ actions, onAsk }: ActionItemsProps) {
  const labelOf = useOfferedLabel();
  if (actions.length === 0) return null;
  return (
    <>
      {actions.map((offered) => (
        <Menu.Item key={offered.type} leftSection={<Zap size={16} />} onClick={() => onAsk(offered.type)}>
          {labelOf(offered)}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

/**
 * What an offered action is called in the present language. Separate from `useActionTexts`, which would bring the catalog,
 * and zod, into the first page.
 */
export function useOfferedLabel(): (offered: OfferedAction) => string {
  const translated = useCatalogTexts();
  return useCallback(({ type, definition }) => translated?.[type].label ?? definition.label, [translated]);
}

const NONE: readonly OfferedAction[] = [];
/** The first of the catalog have buttons of their own where there is room, the others are in a menu. */
const WITH_BUTTON = 3;

/** What may be asked for. None until the catalog is there: it is not part of the first page. */
export function useOfferedActions(withButton = WITH_BUTTON): {
  first: readonly OfferedAction[];
  others: readonly OfferedAction[];
} {
  const { may, role } = useSession();
  const { data: offered = NONE } = useQuery({
    queryKey: ["action-catalog", role],
    queryFn: async () => (await import("./action-catalog.ts")).offeredActions(may),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: may("operator"),
  });
  return { first: offered.slice(0, withButton), others: offered.slice(withButton) };
}

const PHONE = "(max-width: 720px)";

/** How the device's page shares the actions between its buttons and its menu: a phone has room for one button. */
export function useDevicePageActions() {
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  return useOfferedActions(isPhone ? 1 : undefined);
}

const LOOK = { h: 34, variant: "default" };

/** Buttons for the first actions of the catalog; the others are in the device's menu. */
export function DeviceActions({ device }: { device: DeviceDetail }) {
  const { first } = useDevicePageActions();
  const { ask, dialog } = useActionDialog([device]);
  if (!mayBeActedOn(device)) return null;
  return (
    <>
      <ActionButtons actions={first} look={LOOK} onAsk={ask} />
      {dialog}
    </>
  );
}

/** Whether the server takes actions for a device; for any other none is offered. */
export function mayBeActedOn(
  device: Pick<DeviceDetail, "archivedAt" | "isApproved" | "isCloneSuspected">,
): boolean {
  return actionBlockOf({ ...device, isArchived: device.archivedAt !== null }) === null;
}
