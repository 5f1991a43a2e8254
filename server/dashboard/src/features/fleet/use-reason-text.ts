import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { DeviceFault } from "@muster/shared/contracts/report.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { reasonText, type Texts } from "./reason-text.ts";

/** Why a device ranks where it does; see `reasonText`. */
export function useReasonText(): (device: DeviceSummary, nowMs: number) => string {
  const { t, formats } = useTranslations();
  // Each text has its own values, which the type of a key that is one of several cannot tell.
  const translate: Texts["t"] = (key, values) => String(Reflect.apply(t, null, [key, values]));
  return (device, nowMs) => reasonText(device, nowMs, { t: translate, formats });
}

/** What is wrong with a machine, about which mount point, metric or file. */
export function useFaultText(): (fault: DeviceFault["kind"], subject: string) => string {
  const { t } = useTranslations();
  return (fault, subject) => t(`fleet.reason.fault.${fault}`, { subject });
}
