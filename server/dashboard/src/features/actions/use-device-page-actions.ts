import { useMediaQuery } from "@mantine/hooks";
import { useOfferedActions } from "./use-offered-actions.ts";

const PHONE = "(max-width: 720px)";

/** How the device's page shares the actions between its buttons and its menu: a phone has room for one button. */
export function useDevicePageActions() {
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  return useOfferedActions(isPhone ? 1 : undefined);
}
