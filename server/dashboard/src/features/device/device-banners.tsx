import { Button } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { deviceVerb } from "../../api/device-calls.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { useRelativeTime } from "../../ui/relative-time.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { shownState } from "../fleet/device-state.ts";
import { useFaultText } from "../fleet/use-reason-text.ts";
import { useSession } from "../session/session-context.tsx";
import { Banner } from "./banner.tsx";
import { CloneBanner } from "./clone-banner.tsx";
import classes from "./device-banners.module.css";
import { type Statement, statementsOf } from "./device-statements.ts";
import { useDeviceChange } from "./use-device-change.ts";

const WaitingActions = lazy(() =>
  import("../actions/waiting-actions.tsx").then((m) => ({ default: m.WaitingActions })),
);

/** What a user should know before reading the metrics. */
export function DeviceBanners({ device }: { device: DeviceDetail }) {
  return (
    <div className={classes.banners}>
      {statementsOf(device).map((statement) => (
        <StatementBanner key={statement} device={device} statement={statement} />
      ))}
    </div>
  );
}

function StatementBanner({ device, statement }: { device: DeviceDetail; statement: Statement }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { presence, hungFileSystems } = device;
  switch (statement) {
    case "archived":
      return (
        <Banner state="archived">
          {t("device.banner.archived", { time: formats.minute(device.archivedAt ?? 0) })}
        </Banner>
      );
    case "silent":
      return <SilenceBanner device={device} />;
    case "clone-credential":
    case "clone-machine":
      return <CloneBanner device={device} />;
    case "approval":
    case "approval-silent":
    case "approval-unseen":
      return <ApprovalBanner device={device} text={t(APPROVAL_TEXT[statement])} />;
    case "paused":
      return (
        <Banner state="paused">
          {presence.paused?.until
            ? t("device.banner.pausedUntil", { time: formats.minute(presence.paused.until) })
            : t("device.banner.paused")}
        </Banner>
      );
    case "maintenance":
      return (
        <Banner state="maintenance">
          {t("device.banner.maintenance", { time: formats.minute(presence.maintenanceUntil ?? 0) })}
        </Banner>
      );
    case "hung":
      return (
        <Banner state="warn">
          {t("device.banner.hung", { count: hungFileSystems.length, list: formats.list(hungFileSystems) })}
        </Banner>
      );
    case "faults":
      return <FaultBanners device={device} />;
    case "clock":
      return (
        <Banner state="warn">
          {t("device.banner.clock", { offset: formats.duration(device.clockOffsetMs ?? 0) })}
        </Banner>
      );
    case "stale":
      return (
        <Banner state="warn">
          {t("device.banner.stale", { time: formats.minute(device.metricsAt ?? 0) })}
        </Banner>
      );
    case "ignored":
      return (
        <Banner state="unknown">
          {t("device.banner.ignored", { list: formats.list(device.ignoredFields) })}
        </Banner>
      );
    case "reboot":
      return <Banner state="warn">{t("device.banner.reboot")}</Banner>;
  }
}

const APPROVAL_TEXT = {
  approval: "device.banner.approval",
  "approval-silent": "device.banner.approvalSilent",
  "approval-unseen": "device.banner.approvalUnseen",
} as const;

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

function ApprovalBanner({ device, text }: { device: DeviceDetail; text: string }) {
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
      {text}
    </Banner>
  );
}
