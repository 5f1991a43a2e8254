import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import { useState } from "react";
import { startWindow } from "../frame/start-window.tsx";
import type { SetupOutcome } from "../../ipc-contract.ts";
import { ask } from "../frame/bridge.ts";
import { useRequest } from "../frame/use-request.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWindowState } from "../frame/window-state.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { MessageState } from "../ui/message-state.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { JoinForm } from "./join-form.tsx";
import { SettingsCard } from "./settings-card.tsx";
import { canJoin } from "./setup-entry.ts";
import classes from "./setup-window.module.css";

type Enrolled = Extract<SetupOutcome, { kind: "enrolled" }>;

/** Joins a server, shows the joined server, and changes the settings. */
function SetupWindow() {
  const { t } = useTranslations();
  const state = useWindowState();
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
  const { view, role } = state;
  const isOfService = role !== "embedded-engine";
  if (!view && !isOfService) {
    return (
      <WindowFrame name="setup">
        <MessageState title={t("windows.frame.loading")} />
      </WindowFrame>
    );
  }
  return (
    <WindowFrame name="setup">
      <div role="status" className={classes.status}>
        {enrolled && <EnrolledLine enrolled={enrolled} />}
      </div>
      {isOfService && <p className={classes.byService}>{t("windows.setup.byService")}</p>}
      {canJoin(state) && !enrolled && <JoinForm joined={setEnrolled} />}
      {view?.enrolled && (
        <JoinedCard enrolled={view.enrolled} mayLeave={!isOfService} left={() => setEnrolled(null)} />
      )}
      <SettingsCard settings={state.settings} />
    </WindowFrame>
  );
}

function EnrolledLine({ enrolled: { organization, isApproved } }: { enrolled: Enrolled }) {
  const { t } = useTranslations();
  return (
    <div className={classes.enrolled}>
      <p>
        {organization === null
          ? t("windows.setup.enrolledUnnamed")
          : t("windows.setup.enrolled", { organization })}
      </p>
      {!isApproved && <p className={classes.approval}>{t("windows.setup.waitsForApproval")}</p>}
    </div>
  );
}

type JoinedCardProps = {
  enrolled: NonNullable<LocalView["enrolled"]>;
  mayLeave: boolean;
  left: () => void;
};

/** The server that the machine has joined, with a button to leave it. */
function JoinedCard({ enrolled: { server, organization }, mayLeave, left }: JoinedCardProps) {
  const { t } = useTranslations();
  const [isAsking, setIsAsking] = useState(false);
  const { notice, isBusy, send } = useRequest();

  async function leave() {
    const outcome = await ask("leave");
    if (outcome.kind === "done") left();
    return outcome;
  }

  return (
    <Card title={t("windows.setup.joined")}>
      <p className={classes.server}>{server}</p>
      {organization !== null && (
        <p className={classes.organization} dir="auto">
          {organization}
        </p>
      )}
      {mayLeave && (
        <Button
          look="danger"
          className={classes.leave}
          aria-disabled={isBusy}
          onClick={() => !isBusy && setIsAsking(true)}
        >
          {t("windows.setup.leave.button")}
        </Button>
      )}
      <NoticeLine notice={notice} />
      {isAsking && (
        <ConfirmDialog
          title={t("windows.setup.leave.question", { server })}
          confirm={t("windows.setup.leave.confirm")}
          cancel={t("windows.setup.leave.cancel")}
          confirmed={() => send(leave, t("windows.setup.leave.done"))}
          closed={() => setIsAsking(false)}
        >
          <p>{t("windows.setup.leave.text", { server })}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

startWindow("setup", SetupWindow);
