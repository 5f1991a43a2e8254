import type { CustomerDetail } from "@muster/shared/contracts/customer.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";

/** Changes a customer; its page shows the answer immediately, and lists are read again. */
export function useCustomerChange(id: string) {
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const refreshLists = () => {
    void queryClient.invalidateQueries({ queryKey: ["customers"] });
    void queryClient.invalidateQueries({ queryKey: ["customer-search"] });
  };
  const take = (customer: CustomerDetail) => {
    queryClient.setQueryData(queries.customer(customer.id).queryKey, customer);
    refreshLists();
  };
  const restore = useMutation({
    mutationFn: () => callApi("customer", paths.customerVerb(id, "restore"), { method: "POST" }),
    onSuccess: take,
    onError: (error) => showToast({ text: failureText(error), tone: "failure" }),
  });
  return { take, refreshLists, restore };
}
