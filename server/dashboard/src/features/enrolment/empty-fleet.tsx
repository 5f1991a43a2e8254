import { Button, Loader } from "@mantine/core";
import { MonitorDot } from "lucide-react";
import { useWords } from "../../i18n/words.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./empty-fleet.module.css";
import { EnrolLines } from "./enrol-lines.tsx";
import { useEnrolment } from "./use-enrolment.ts";

const NONE_KNOWN: ReadonlySet<string> = new Set();

/** What stands on the fleet page before the first device: how to get one. The list takes its place by itself. */
export function EmptyFleet() {
  const { t } = useWords();
  const failureText = useFailureText();
  const { may } = useSession();
  const { creation } = useEnrolment(NONE_KNOWN);
  const isOperator = may("operator");
  return (
    <MessageState
      icon={<MonitorDot size={26} />}
      title={t("fleet.empty.title")}
      text={t(isOperator ? "fleet.empty.text" : "fleet.empty.viewer")}
    >
      {isOperator && (
        <div className={classes.enrol}>
          {creation.data ? (
            <EnrolLines secret={creation.data.secret} />
          ) : (
            <>
              <Button loading={creation.isPending} onClick={() => creation.mutate()}>
                {t("settings.enrol.create")}
              </Button>
              <FormError text={creation.error && failureText(creation.error)} />
              <small>{t("settings.enrol.validity")}</small>
            </>
          )}
        </div>
      )}
      <div className={classes.wait} role="status">
        <Loader size={14} />
        {t("fleet.empty.waiting")}
      </div>
    </MessageState>
  );
}
