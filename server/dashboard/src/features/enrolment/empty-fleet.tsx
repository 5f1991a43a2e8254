import { Loader } from "@mantine/core";
import { MonitorDot } from "lucide-react";
import { useTranslations } from "../../i18n/translations.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./empty-fleet.module.css";
import { InstallPanel } from "./install-panel.tsx";
import { firstLinesOf } from "./use-enrolment.ts";

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
      {isOperator ? <FirstLine /> : <Waiting />}
    </MessageState>
  );
}

function FirstLine() {
  const session = useSession();
  return (
    <div className={classes.enrol}>
      <InstallPanel lines={firstLinesOf(session)}>
        <Waiting />
      </InstallPanel>
    </div>
  );
}

function Waiting() {
  const { t } = useTranslations();
  return (
    <div className={classes.wait} role="status">
      <Loader size={14} />
      {t("fleet.empty.waiting")}
    </div>
  );
}
