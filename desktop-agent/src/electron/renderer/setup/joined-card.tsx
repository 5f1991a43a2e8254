import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import { useState } from "react";
import { ask } from "../frame/bridge.ts";
import { useWish } from "../frame/use-wish.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import classes from "./joined-card.module.css";

type JoinedCardProps = {
  enrolled: NonNullable<LocalView["enrolled"]>;
  mayLeave: boolean;
  left: () => void;
};

/** The server that the machine belongs to, and the way to leave it. */
export function JoinedCard({ enrolled: { server, organization }, mayLeave, left }: JoinedCardProps) {
  const { t } = useWords();
  const [isAsking, setIsAsking] = useState(false);
  const { notice, isBusy, make } = useWish();

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
          confirmed={() => make(leave, t("windows.setup.leave.done"))}
          closed={() => setIsAsking(false)}
        >
          <p>{t("windows.setup.leave.text", { server })}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
