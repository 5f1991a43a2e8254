import type { CustomerDetail } from "@muster/shared/contracts/customer.ts";
import { useMutation } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { ApiError } from "../../api/api-error.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useCustomerChange } from "./use-customer-change.ts";

type CustomerDialogProps = { customer: CustomerDetail; onClose: () => void };

export function ArchiveCustomerDialog({ customer, onClose }: CustomerDialogProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { take } = useCustomerChange(customer.id);
  const archive = useMutation({
    mutationFn: () => callApi("customer", paths.customerVerb(customer.id, "archive"), { method: "POST" }),
    onSuccess: (changed) => {
      take(changed);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("customers.archiveTitle", { name: customer.name })}
      text={t("customers.archiveText")}
      verb={t("customers.archive")}
      isPending={archive.isPending}
      failure={archive.error && failureText(archive.error)}
      onConfirm={() => archive.mutate()}
      onClose={onClose}
    />
  );
}

export function DeleteCustomerDialog({ customer, onClose }: CustomerDialogProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { showToast } = useToasts();
  const { refreshLists } = useCustomerChange(customer.id);
  const [, navigate] = useLocation();
  const remove = useMutation({
    mutationFn: () => callApi("nothing", paths.customer(customer.id), { method: "DELETE" }),
    onSuccess: () => {
      showToast({ text: t("customers.removed", { name: customer.name }) });
      refreshLists();
      navigate("/customers");
    },
  });
  const isUsed = remove.error instanceof ApiError && remove.error.code === "conflict";
  return (
    <ConfirmDialog
      title={t("customers.removeTitle", { name: customer.name })}
      text={t("customers.removeText")}
      verb={t("customers.remove")}
      isPending={remove.isPending}
      failure={isUsed ? t("customers.used") : remove.error && failureText(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
