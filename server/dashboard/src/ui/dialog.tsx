import "./mantine-dialog-styles.ts";
import { Modal, type ModalProps } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useWords } from "../i18n/words.tsx";

type DialogProps = { title: string; size?: ModalProps["size"]; onClose: () => void; children: ReactNode };

/** A window over the page; Escape, the cross and a press beside it close it. The focus returns to where it came from. */
export function Dialog({ title, size = "md", onClose, children }: DialogProps) {
  const { t } = useWords();
  useFocusReturn();
  return (
    <Modal
      opened
      centered
      title={<bdi>{title}</bdi>}
      size={size}
      onClose={onClose}
      closeButtonProps={{ "aria-label": t("shell.action.close") }}
    >
      {children}
    </Modal>
  );
}

/** Mantine returns the focus when a window is told to close; ours are simply gone. */
function useFocusReturn(): void {
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
