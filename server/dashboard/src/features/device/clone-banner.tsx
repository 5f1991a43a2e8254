import { Button } from "@mantine/core";
import type { CloneDecision, DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useMutation } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { Link } from "wouter";
import { decideClone } from "../../api/device-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import { Banner } from "./banner.tsx";
import classes from "./clone-dialog.module.css";
import { useDeviceChange } from "./use-device-change.ts";

/** Why a clone is suspected, with links to the other devices, and the decision. */
export function CloneBanner({ device }: { device: DeviceDetail }) {
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
      <CloneText device={device} />
      {isAsking && <CloneDialog device={device} onClose={() => setAsking(false)} />}
    </Banner>
  );
}

/** Stands in the text where the links go. */
const LINKS = "\u0001";

function CloneText({ device: { clone } }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  if (clone?.kind !== "machine-id") return t("device.banner.clone");
  if (clone.others.length === 0) return t("device.banner.sameMachineHidden");
  const [before, after] = t("device.banner.sameMachine", { others: LINKS }).split(LINKS);
  return (
    <>
      {before}
      {clone.others.map(({ id, name }, index) => (
        <Fragment key={id}>
          {index > 0 && ", "}
          <Link href={`/devices/${id}`}>
            <bdi>{plainName(name)}</bdi>
          </Link>
        </Fragment>
      ))}
      {after}
    </>
  );
}

/** What the dialog says for each kind of suspicion. */
const TEXTS = {
  credential: {
    keep: "device.actions.keep",
    revoke: "device.actions.revoke",
    kept: "device.clone.keep",
    revoked: "device.clone.revoke",
  },
  "machine-id": {
    keep: "device.clone.keepSame",
    revoke: "device.clone.revokeSame",
    kept: "device.clone.keptSame",
    revoked: "device.clone.revokedSame",
  },
} as const;

/** Asks what to do: which of two machines with one credential keeps the device, or whether both devices of one machine stay. */
function CloneDialog({ device, onClose }: { device: DeviceDetail; onClose: () => void }) {
  const { t, formats } = useTranslations();
  const failureText = useFailureText();
  const { showToast } = useToasts();
  const { take } = useDeviceChange(device.id);
  const texts = TEXTS[device.clone?.kind ?? "credential"];
  const decide = useMutation({
    mutationFn: (body: CloneDecision) => decideClone(device.id, body),
    onSuccess: (changed, { decision }) => {
      take(changed);
      showToast({ text: t(decision === "keep" ? texts.kept : texts.revoked) });
      onClose();
    },
  });
  const name = plainName(device.name);
  const others = formats.list((device.clone?.others ?? []).map((other) => plainName(other.name)));
  const isSame = device.clone?.kind === "machine-id";
  return (
    <Dialog
      title={isSame ? t("device.clone.sameTitle", { name }) : t("device.clone.title")}
      size="lg"
      onClose={onClose}
    >
      <div className={classes.dialog}>
        <bdi className={classes.name}>{device.name}</bdi>
        <p>
          {!isSame
            ? t("device.clone.text")
            : others === ""
              ? t("device.clone.sameTextHidden", { name })
              : t("device.clone.sameText", { name, others })}
        </p>
        <FormError text={decide.error && failureText(decide.error)} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("shell.action.cancel")}
          </Button>
          <Button
            variant="default"
            loading={decide.isPending}
            onClick={() => decide.mutate({ decision: "keep" })}
          >
            {t(texts.keep)}
          </Button>
          <Button
            color="critical"
            loading={decide.isPending}
            onClick={() => decide.mutate({ decision: "revoke" })}
          >
            {t(texts.revoke)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
