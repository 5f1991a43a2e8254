import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useClock } from "../../ui/clock.ts";
import { plainName } from "../../ui/plain-name.ts";
import { DeviceNames } from "../fleet/device-names.tsx";
import { isReporting } from "../fleet/device-state.ts";
import classes from "./action-dialog.module.css";

const READINESS_KEY = { online: "isOnline", paused: "isPaused", silent: "isSilent" } as const;
const USERS_SHOWN = 5;

/** Whom an action is for, and when they will get it. */
export function ActionTargetLine({ devices }: { devices: readonly ActionTarget[] }) {
  const { t } = useTranslations();
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
  const { t, formats } = useTranslations();
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

/** A device as far as an action on it needs to know it. */
export type ActionTarget = Pick<
  DeviceSummary,
  "id" | "name" | "presence" | "tags" | "user" | "isUserKnown" | "idleSince" | "lastReportAt"
>;

type Readiness = "online" | "paused" | "silent";

/** When a device will get what is asked of it: at once, when its user ends the pause, or on its return. */
function readinessOf(device: Pick<ActionTarget, "presence">): Readiness {
  if (!isReporting(device)) return "silent";
  return device.presence.paused === null ? "online" : "paused";
}

export function countReadiness(
  devices: readonly Pick<ActionTarget, "presence">[],
): Record<Readiness, number> {
  const counts = { online: 0, paused: 0, silent: 0 };
  for (const device of devices) counts[readinessOf(device)] += 1;
  return counts;
}
