import "./mantine-dialog-styles.ts";
import { Modal, type ModalProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../i18n/words.tsx";
import { useFocusReturn } from "./use-focus-return.ts";

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
