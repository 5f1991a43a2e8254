import { adviceOf } from "../../model/advice.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWindowState } from "../frame/window-state.ts";
import { ConnectionCard } from "./connection-card.tsx";
import { Headline } from "./headline.tsx";
import { HourCard } from "./hour-card.tsx";
import { PauseCard } from "./pause-card.tsx";
import { PlannedRebootLine } from "./planned-reboot-line.tsx";
import { ReasonList } from "./reason-list.tsx";
import { WindowLinks } from "./window-links.tsx";

/** How the machine is at a glance, why, and what its person can do. */
export function StatusWindow() {
  const { view, role } = useWindowState();
  const advice = adviceOf(view, role);
  return (
    <WindowFrame name="status" footer={<WindowLinks unread={view?.unreadMessages ?? 0} />}>
      <Headline advice={advice} hostname={view?.hostname ?? null} />
      {view?.reboot && <PlannedRebootLine dueAtMs={view.reboot.dueAtMs} />}
      {advice.reasons.length > 0 && <ReasonList reasons={advice.reasons} />}
      {view && view.state.kind === "reporting" && <HourCard view={view} />}
      {view && role !== "service-silent" && <ConnectionCard view={view} connection={advice.connection} />}
      {view && role !== "service-silent" && <PauseCard view={view} />}
    </WindowFrame>
  );
}
