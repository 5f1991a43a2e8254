import { Button } from "@mantine/core";
import type { CustomerDetail, CustomerMerge } from "@muster/shared/contracts/customer.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import type { CustomerChoice } from "./customer-choice.ts";
import { CustomerSelect } from "./customer-select.tsx";
import { useCustomerChange } from "./use-customer-change.ts";

/** Moves everything of a customer to another one. */
export function MergeDialog({ customer, onClose }: { customer: CustomerDetail; onClose: () => void }) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { showToast } = useToasts();
  const { take } = useCustomerChange(customer.id);
  const [, navigate] = useLocation();
  const [target, setTarget] = useState<CustomerChoice | null>(null);
  const merge = useMutation({
    mutationFn: (body: CustomerMerge) =>
      callApi("customer", paths.customerVerb(customer.id, "merge"), { method: "POST", body }),
    onSuccess: (merged) => {
      showToast({ text: t("customers.merged", { name: merged.name }) });
      take(merged);
      navigate(`/customers/${merged.id}`);
      onClose();
    },
  });
  return (
    <Dialog title={t("customers.mergeTitle", { name: customer.name })} onClose={onClose}>
      <DialogForm
        failure={merge.error && failureText(merge.error)}
        onSubmit={() => target && target.id !== null && merge.mutate({ into: target.id })}
        onCancel={onClose}
        submit={
          <Button type="submit" color="critical" disabled={target === null} loading={merge.isPending}>
            {t("customers.merge")}
          </Button>
        }
      >
        <p style={{ margin: 0 }}>{t("customers.mergeText", { name: customer.name })}</p>
        <CustomerSelect
          isFocused
          mayCreate={false}
          except={customer.id}
          label={t("customers.mergeInto")}
          value={target}
          onChange={setTarget}
        />
      </DialogForm>
    </Dialog>
  );
}
