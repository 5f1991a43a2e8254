import type { ReactNode } from "react";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import classes from "./device-banners.module.css";

type BannerProps = { state: StateName; children: ReactNode; action?: ReactNode };

/** One statement about a device, with what can be done about it. */
export function Banner({ state, children, action }: BannerProps) {
  return (
    <div className={classes.banner}>
      <StateIcon state={state} isDecorative />
      <span>{children}</span>
      {action}
    </div>
  );
}
