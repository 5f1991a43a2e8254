import { useEffect, useState } from "react";

/** Mantine returns the focus when `opened` becomes false, but these windows are unmounted instead. */
export function useFocusReturn(): void {
  const [opener] = useState(openerOfDialog);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}

/** What has the focus; for an entry of a menu, which closes, the button that opened the menu. */
function openerOfDialog(): Element | null {
  const focused = document.activeElement;
  const menuButton = focused?.closest('[role="menu"]')?.getAttribute("aria-labelledby");
  return menuButton ? document.getElementById(menuButton) : focused;
}
