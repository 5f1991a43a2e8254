import "./mantine-dialog-styles.ts";
import { Modal, type ModalProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../i18n/words.tsx";

type DialogProps = { title: string; size?: ModalProps["size"]; onClose: () => void; children: ReactNode };

/** A window over the page; Escape, the cross and a press beside it close it. */
export function Dialog({ title, size = "md", onClose, children }: DialogProps) {
  const { t } = useWords();
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
