import type { InboxMessage } from "@muster/shared/contracts/local-agent.ts";
import { ask } from "../frame/bridge.ts";
import { useWish } from "../frame/use-wish.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import classes from "./message-answers.module.css";

type MessageAnswersProps = { message: InboxMessage; changed: () => void };

/** The message's buttons, or the answer that was given. */
export function MessageAnswers({ message, changed }: MessageAnswersProps) {
  const { t } = useWords();
  const { notice, isBusy, make } = useWish();
  const { id, buttons, pressed, isAnswerable } = message;

  function press(button: string): void {
    const pressing = async () => {
      const outcome = await ask("press-button", id, button);
      changed();
      return outcome;
    };
    make(pressing, t("windows.messages.answered", { button }));
  }

  if (pressed !== null) {
    return <p className={classes.answered}>{t("windows.messages.answered", { button: pressed })}</p>;
  }
  if (buttons.length === 0) return null;
  return (
    <>
      {isAnswerable ? (
        <div className={classes.buttons} role="group" aria-label={t("windows.messages.answers")}>
          {buttons.map((button) => (
            <Button key={button} dir="auto" aria-disabled={isBusy} onClick={() => press(button)}>
              {button}
            </Button>
          ))}
        </div>
      ) : (
        <p className={classes.answered}>{t("windows.messages.unanswered")}</p>
      )}
      <NoticeLine notice={notice} />
    </>
  );
}
