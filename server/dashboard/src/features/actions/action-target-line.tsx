import { useWords } from "../../i18n/words.tsx";
import { useClock } from "../../ui/clock.ts";
import { plainName } from "../../ui/plain-name.ts";
import { DeviceNames } from "../fleet/device-names.tsx";
import classes from "./action-dialog.module.css";
import { type ActionTarget, countReadiness, readinessOf } from "./target-summary.ts";

const READINESS_KEY = { online: "isOnline", paused: "isPaused", silent: "isSilent" } as const;
const USERS_SHOWN = 5;

/** Whom an action is for, and when they will get it. */
export function ActionTargetLine({ devices }: { devices: readonly ActionTarget[] }) {
  const { t } = useWords();
  const counts = countReadiness(devices);
  const [only] = devices;
  if (devices.length === 1 && only) {
    return (
      <p className={classes.target}>
        {t("actions.dialog.to")}{" "}
        <strong>
          <bdi>{plainName(only.name)}</bdi>
        </strong>
        : {t(`actions.target.${READINESS_KEY[readinessOf(only)]}`)}
      </p>
    );
  }
  const parts = (["online", "paused", "silent"] as const).flatMap((readiness) =>
    counts[readiness] > 0 ? [t(`actions.target.${readiness}`, { count: counts[readiness] })] : [],
  );
  return (
    <div className={classes.targets}>
      <p className={classes.target}>
        {t("actions.dialog.to")} <strong>{t("actions.target.count", { count: devices.length })}</strong>:{" "}
        {parts.join(", ")}
      </p>
      <DeviceNames devices={devices} />
    </div>
  );
}

/** Who is at the machines that are about to be disturbed. */
export function LoggedInLine({ devices }: { devices: readonly ActionTarget[] }) {
  const { t, formats } = useWords();
  const text = useClock((nowMs) => {
    const users = devices.flatMap(({ user, idleSince, name }) => {
      if (user === null) return [];
      const idle = idleSince === null ? null : formats.duration(nowMs - Date.parse(idleSince));
      const who = idle === null ? user : t("actions.target.idle", { user, time: idle });
      return [
        devices.length === 1 ? who : t("actions.target.userOn", { user: who, device: plainName(name) }),
      ];
    });
    if (users.length === 0) {
      const areKnown = devices.every(({ isUserKnown }) => isUserKnown);
      return t(areKnown ? "actions.target.nobody" : "actions.target.usersUnknown");
    }
    const more = users.length - USERS_SHOWN;
    const named = users.slice(0, USERS_SHOWN);
    if (more > 0) named.push(t("actions.target.more", { count: more }));
    return t("actions.target.loggedIn", { list: formats.list(named) });
  });
  return (
    <p className={classes.loggedIn}>
      <bdi>{text}</bdi>
    </p>
  );
}
