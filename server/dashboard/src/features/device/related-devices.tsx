import type { DeviceDetail, RelatedDevice } from "@muster/shared/contracts/device.ts";
import { ArrowRight } from "lucide-react";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { StateIcon } from "../../ui/state-icon.tsx";
import type { StateName } from "../../ui/state-name.ts";
import classes from "./related-devices.module.css";

/** The device that one depends on, then the one that this one depends on. */
export function DependencyChain({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const { dependencies, dependsOn } = device;
  if (dependencies.length === 0) return dependsOn !== null && t("device.dependency.hidden");
  return <Devices devices={dependencies} isChain />;
}

/** The devices that depend directly on one. */
export function Dependents({ device }: { device: DeviceDetail }) {
  return <Devices devices={device.dependents} />;
}

function Devices({ devices, isChain }: { devices: readonly RelatedDevice[]; isChain?: boolean }) {
  return (
    <ul className={classes.devices}>
      {devices.map((device, index) => {
        const state = stateOf(device);
        return (
          <li key={device.id}>
            {isChain && index > 0 && <ArrowRight size={14} aria-hidden="true" />}
            {state && <StateIcon state={state} size={14} />}
            <Link href={`/devices/${device.id}`} className={classes.link}>
              <bdi>{plainName(device.name)}</bdi>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** Null for a device that reports: nothing is known here of its health. */
function stateOf({ shown, isArchived }: RelatedDevice): StateName | null {
  if (isArchived) return "archived";
  switch (shown) {
    case "online":
      return null;
    case "shutting-down":
    case "restarting":
    case "agent-stopped":
      return "offline";
    default:
      return shown;
  }
}
