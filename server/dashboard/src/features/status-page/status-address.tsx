import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import classes from "./status-page.module.css";
import { statusQueries } from "./use-status-page.ts";

/** The address that visitors know, and how to replace it. */
export function StatusAddress({ url, mayRenew }: { url: string; mayRenew: boolean }) {
  const { t } = useTranslations();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section className={classes.address} aria-label={t("statusPage.address")}>
      <a href={url} target="_blank" rel="noreferrer">
        {url}
        <ExternalLink size={14} aria-label={t("statusPage.opensInTab")} />
      </a>
      <CopyButton text={url} label={t("statusPage.copyAddress")} />
      {mayRenew && (
        <Button variant="default" onClick={() => setIsAsking(true)}>
          {t("statusPage.renew")}
        </Button>
      )}
      {isAsking && <RenewDialog onClose={() => setIsAsking(false)} />}
    </section>
  );
}

function RenewDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const renew = useMutation({
    mutationFn: () => callApi("statusPage", paths.statusPageAddress, { method: "POST" }),
    onSuccess: (settings) => {
      queryClient.setQueryData(statusQueries.settings().queryKey, settings);
      showToast({ text: t("statusPage.renewed") });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("statusPage.renewTitle")}
      text={t("statusPage.renewText")}
      verb={t("statusPage.renew")}
      isPending={renew.isPending}
      failure={renew.error && failureText(renew.error)}
      onConfirm={() => renew.mutate()}
      onClose={onClose}
    />
  );
}
