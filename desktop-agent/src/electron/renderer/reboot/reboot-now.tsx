import { useState } from "react";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";

/** Reboots at once after a question: what is not saved would be lost. */
export function RebootNow({ isBusy, confirmed }: { isBusy: boolean; confirmed: () => void }) {
  const { t } = useWords();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button look="main" aria-disabled={isBusy} onClick={() => !isBusy && setIsAsking(true)}>
        {t("windows.reboot.now")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("windows.reboot.sure")}
          confirm={t("windows.reboot.sureNow")}
          cancel={t("windows.reboot.notYet")}
          confirmed={confirmed}
          closed={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
