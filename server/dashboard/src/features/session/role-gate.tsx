import type { Role } from "@muster/shared/contracts/identity.ts";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { useSession } from "./session-context.tsx";

/** A page for one role and those above it; others, who came by an address, read why it stays closed. */
export function RoleGate({ least, children }: { least: Role; children: ReactNode }) {
  const { t } = useWords();
  const { may } = useSession();
  if (may(least)) return children;
  return (
    <MessageState
      icon={<Lock size={26} />}
      title={t("shell.state.forbidden")}
      text={t("shell.state.forbiddenText")}
      isPage
    />
  );
}
