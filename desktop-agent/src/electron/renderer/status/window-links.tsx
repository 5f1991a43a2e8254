import { ask } from "../frame/bridge.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import classes from "./window-links.module.css";

/** The way to the other windows. */
export function WindowLinks({ unread }: { unread: number }) {
  const { t } = useWords();
  const messages =
    unread > 0 ? t("windows.frame.links.messagesNew", { count: unread }) : t("windows.frame.links.messages");
  const links = [
    { name: "messages", text: messages },
    { name: "record", text: t("windows.frame.links.record") },
    { name: "log", text: t("windows.frame.links.log") },
    { name: "setup", text: t("windows.frame.links.setup") },
  ] as const;
  return (
    <nav className={classes.links} aria-label={t("windows.frame.windows")}>
      {links.map(({ name, text }) => (
        <Button
          key={name}
          look="quiet"
          data-new={name === "messages" && unread > 0}
          onClick={() => void ask("open-window", name)}
        >
          {text}
        </Button>
      ))}
    </nav>
  );
}
