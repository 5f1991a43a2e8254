import { useState } from "react";
import type { SetupOutcome } from "../../ipc-contract.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWindowState } from "../frame/window-state.ts";
import { useWords } from "../frame/words.ts";
import { MessageState } from "../ui/message-state.tsx";
import { canJoin } from "./can-join.ts";
import { JoinForm } from "./join-form.tsx";
import { JoinedCard } from "./joined-card.tsx";
import { SettingsCard } from "./settings-card.tsx";
import classes from "./setup-window.module.css";

type Enrolled = Extract<SetupOutcome, { kind: "enrolled" }>;

/** Joins a server, and afterwards holds the settings. */
export function SetupWindow() {
  const { t } = useWords();
  const state = useWindowState();
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
  const { view, role } = state;
  const isOfService = role !== "own-engine";
  if (!view && !isOfService) {
    return (
      <WindowFrame name="setup">
        <MessageState title={t("windows.frame.loading")} />
      </WindowFrame>
    );
  }
  return (
    <WindowFrame name="setup">
      <div role="status" className={classes.told}>
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
  const { t } = useWords();
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
