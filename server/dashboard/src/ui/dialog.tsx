import "./mantine-dialog-styles.ts";
import { Modal, type ModalProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "../i18n/translations.tsx";
import { useFocusReturn } from "./use-focus-return.ts";

type DialogProps = { title: string; size?: ModalProps["size"]; onClose: () => void; children: ReactNode };

/** A modal window. Escape, the close button and a click outside close it; the focus then returns to where it was. */
export function Dialog({ title, size = "md", onClose, children }: DialogProps) {
  const { t } = useTranslations();
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
