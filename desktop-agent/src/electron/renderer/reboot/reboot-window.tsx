import { useState } from "react";
import { useWish } from "../frame/use-wish.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWindowState } from "../frame/window-state.ts";
import { useWords } from "../frame/words.ts";
import { MessageState } from "../ui/message-state.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { RebootDetails } from "./reboot-details.tsx";
import { RebootTimes } from "./reboot-times.tsx";

/** The planned reboot: who asks, why, when, and how its person may move it. */
export function RebootWindow() {
  const { t } = useWords();
  const { view } = useWindowState();
  const wish = useWish();
  // What came of the last wish stays to be read when the reboot that it was about is over.
  const [isTold, setIsTold] = useState(false);
  const reboot = view?.reboot ?? null;
  return (
    <WindowFrame name="reboot">
      {reboot ? (
        <>
          <RebootDetails reboot={reboot} />
          <RebootTimes key={reboot.actionId} reboot={reboot} wish={wish} told={() => setIsTold(true)} />
        </>
      ) : (
        <MessageState
          title={t(view ? "windows.reboot.none" : "windows.frame.loading")}
          hint={view ? t("windows.reboot.noneHint") : undefined}
        />
      )}
      {(reboot || isTold) && <NoticeLine notice={wish.notice} />}
    </WindowFrame>
  );
}
