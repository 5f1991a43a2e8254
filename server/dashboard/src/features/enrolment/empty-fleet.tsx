import { Button, Loader } from "@mantine/core";
import { MonitorDot } from "lucide-react";
import { useTranslations } from "../../i18n/translations.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./empty-fleet.module.css";
import { EnrolLines } from "./enrol-lines.tsx";
import { useFirstLine } from "./use-enrolment.ts";

/** What stands on the fleet page before the first device: how to get one. The list takes its place by itself. */
export function EmptyFleet() {
  const { t } = useTranslations();
  const { may } = useSession();
  const isOperator = may("operator");
  return (
    <MessageState
      icon={<MonitorDot size={26} />}
      title={t("fleet.empty.title")}
      text={t(isOperator ? "fleet.empty.text" : "fleet.empty.viewer")}
    >
      {isOperator && <FirstLine />}
      <div className={classes.wait} role="status">
        <Loader size={14} />
        {t("fleet.empty.waiting")}
      </div>
    </MessageState>
  );
}

function FirstLine() {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { organization } = useSession();
  const creation = useFirstLine(organization.id);
  return (
    <div className={classes.enrol}>
      {creation.data && <EnrolLines secret={creation.data.secret} />}
      {creation.data && <small>{t("settings.enrol.validity")}</small>}
      {creation.error && (
        <>
          <FormError text={failureText(creation.error)} />
          <Button variant="default" onClick={() => creation.mutate()}>
            {t("shell.action.retry")}
          </Button>
        </>
      )}
    </div>
  );
}
