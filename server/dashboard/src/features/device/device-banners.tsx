import { Button } from "@mantine/core";
import type { CloneDecision, DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useMutation } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { decideClone, deviceVerb } from "../../api/device-calls.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { useRelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { isReporting, shownState, useFaultText } from "../fleet/device-state.ts";
import { useSession } from "../session/session-context.tsx";
import cloneDialogClasses from "./clone-dialog.module.css";
import classes from "./device-banners.module.css";
import { useDeviceChange } from "./use-device-change.ts";

const WaitingActions = lazy(() =>
  import("../actions/waiting-actions.tsx").then((m) => ({ default: m.WaitingActions })),
);

const CLOCK_OFF_MS = 60_000;

/** What a user should know before reading the metrics. */
export function DeviceBanners({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { presence, hungFileSystems, clockOffsetMs } = device;
  return (
    <div className={classes.banners}>
      {device.archivedAt !== null && (
        <Banner state="offline">
          {t("device.banner.archived", { time: formats.minute(device.archivedAt) })}
        </Banner>
      )}
      <SilenceBanner device={device} />
      {device.isCloneSuspected && <CloneBanner device={device} />}
      {!device.isApproved && <ApprovalBanner device={device} />}
      {presence.paused !== null && (
        <Banner state="paused">
          {presence.paused.until === null
            ? t("device.banner.paused")
            : t("device.banner.pausedUntil", { time: formats.minute(presence.paused.until) })}
        </Banner>
      )}
      {presence.maintenanceUntil !== null && (
        <Banner state="maintenance">
          {t("device.banner.maintenance", { time: formats.minute(presence.maintenanceUntil) })}
        </Banner>
      )}
      {hungFileSystems.length > 0 && (
        <Banner state="warn">
          {t("device.banner.hung", { count: hungFileSystems.length, list: formats.list(hungFileSystems) })}
        </Banner>
      )}
      <FaultBanners device={device} />
      {clockOffsetMs !== null && Math.abs(clockOffsetMs) >= CLOCK_OFF_MS && (
        <Banner state="warn">{t("device.banner.clock", { offset: formats.duration(clockOffsetMs) })}</Banner>
      )}
      {isReporting(device) && device.areMetricsStale && device.metricsAt !== null && (
        <Banner state="warn">{t("device.banner.stale", { time: formats.minute(device.metricsAt) })}</Banner>
      )}
      {device.ignoredFields.length > 0 && (
        <Banner state="unknown">
          {t("device.banner.ignored", { list: formats.list(device.ignoredFields) })}
        </Banner>
      )}
      {device.rebootRequired && <Banner state="warn">{t("device.banner.reboot")}</Banner>}
    </div>
  );
}

function Banner({ state, children, action }: { state: StateName; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.banner}>
      <StateIcon state={state} isDecorative />
      <span>{children}</span>
      {action}
    </div>
  );
}

/** Faults that the agent reports, with their details. File systems that do not respond have a banner of their own. */
function FaultBanners({ device }: { device: DeviceDetail }) {
  const faultText = useFaultText();
  const shown = device.attention.reasons
    .filter((reason) => reason.kind === "fault")
    .filter(({ fault, subject }) => fault !== "hung-mount" || !device.hungFileSystems.includes(subject));
  return shown.map(({ fault, subject, level }) => {
    const detail = device.faults.find((one) => one.kind === fault && one.subject === subject)?.detail;
    return (
      <Banner key={`${fault} ${subject}`} state={level === "critical" ? "critical" : "warn"}>
        {faultText(fault, subject)}
        {typeof detail === "string" && (
          <>
            {" ("}
            <bdi>{detail}</bdi>)
          </>
        )}
      </Banner>
    );
  });
}

/** For a device that does not report: since when, and its last word. */
function SilenceBanner({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const { presence } = device;
  const lastReport = useRelativeTime(device.lastReportAt);
  if (isReporting(device) || presence.shown === "waiting") return null;
  const word =
    presence.lastWord === null ? t("device.lastWord.none") : t(`device.lastWord.${presence.lastWord}`);
  return (
    <Banner state={shownState(device)}>
      {word} {lastReport !== "" && t("device.lastWord.lastReport", { time: lastReport })}
      <Suspense fallback={null}>
        <WaitingActions deviceId={device.id} />
      </Suspense>
    </Banner>
  );
}

function ApprovalBanner({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const { may } = useSession();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const { take } = useDeviceChange(device.id);
  const approve = useMutation({
    mutationFn: () => deviceVerb(device.id, "approve"),
    onSuccess: take,
    onError: (error) => showToast({ text: failureText(error), tone: "failure" }),
  });
  return (
    <Banner
      state="warn"
      action={
        may("operator") && (
          <Button size="compact-sm" loading={approve.isPending} onClick={() => approve.mutate()}>
            {t("device.actions.approve")}
          </Button>
        )
      }
    >
      {t("device.banner.approval")}
    </Banner>
  );
}

function CloneBanner({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const { may } = useSession();
  const [isAsking, setAsking] = useState(false);
  return (
    <Banner
      state="critical"
      action={
        may("admin") && (
          <Button size="compact-sm" onClick={() => setAsking(true)}>
            {t("device.clone.decide")}
          </Button>
        )
      }
    >
      {t("device.banner.clone")}
      {isAsking && <CloneDialog device={device} onClose={() => setAsking(false)} />}
    </Banner>
  );
}

/** Asks which of two machines with one credential keeps the device. */
function CloneDialog({ device, onClose }: { device: DeviceDetail; onClose: () => void }) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { showToast } = useToasts();
  const { take } = useDeviceChange(device.id);
  const decide = useMutation({
    mutationFn: (body: CloneDecision) => decideClone(device.id, body),
    onSuccess: (changed, { decision }) => {
      take(changed);
      showToast({ text: t(`device.clone.${decision}`) });
      onClose();
    },
  });
  return (
    <Dialog title={t("device.clone.title")} size="lg" onClose={onClose}>
      <div className={cloneDialogClasses.dialog}>
        <bdi className={cloneDialogClasses.name}>{device.name}</bdi>
        <p>{t("device.clone.text")}</p>
        <FormError text={decide.error && failureText(decide.error)} />
        <div className={cloneDialogClasses.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("shell.action.cancel")}
          </Button>
          <Button
            variant="default"
            loading={decide.isPending}
            onClick={() => decide.mutate({ decision: "keep" })}
          >
            {t("device.actions.keep")}
          </Button>
          <Button
            color="critical"
            loading={decide.isPending}
            onClick={() => decide.mutate({ decision: "revoke" })}
          >
            {t("device.actions.revoke")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
