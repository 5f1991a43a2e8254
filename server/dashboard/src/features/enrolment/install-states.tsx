import { Button, Loader } from "@mantine/core";
import type { InstallOptions, InstallSystem } from "@muster/shared/contracts/install.ts";
import { PackageX, Unplug } from "lucide-react";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { CodeLine } from "../../ui/code-line.tsx";
import { BuildButton } from "./build-button.tsx";
import classes from "./install-panel.module.css";

export function BuildingAgent({ system }: { system: InstallSystem }) {
  const { t } = useTranslations();
  return (
    <section className={classes.state} role="status">
      <h3>
        <Loader size={16} />
        {t("settings.install.building", { system: t(`states.os.${system}`) })}
      </h3>
      <p>{t("settings.install.buildingHint")}</p>
    </section>
  );
}

type MissingAgentProps = { choice: InstallOptions["systems"][number]; onRetry: () => void };

/** Why there is none, and how a build ended, is on the page of the downloads. */
export function MissingAgent({ choice: { system, agents }, onRetry }: MissingAgentProps) {
  const { t } = useTranslations();
  return (
    <section className={classes.state}>
      <h3>
        <PackageX size={18} aria-hidden="true" />
        {t("settings.install.none", { system: t(`states.os.${system}`) })}
      </h3>
      <p>{t("settings.install.noneHint", { page: t("downloads.title") })}</p>
      <div className={classes.buttons}>
        <BuildButton agents={agents} isMain />
        <Button component={Link} href="/settings/downloads" size="compact-sm" variant="default">
          {t("downloads.title")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {t("settings.install.retry")}
        </Button>
      </div>
    </section>
  );
}

const OWN_TLS = "MUSTER_TLS=self";

type UnreachableServerProps = { options: InstallOptions; onLocal: () => void };

/** Shown before a command that no other computer could use. */
export function UnreachableServer({ options, onLocal }: UnreachableServerProps) {
  const { t } = useTranslations();
  const warning = options.warnings.find(({ code }) => code === "loopback" || code === "public-url-local");
  const settings = warning?.settings ?? [];
  const isLoopback = warning?.code === "loopback";
  return (
    <section className={classes.state}>
      <h3>
        <Unplug size={18} aria-hidden="true" />
        {t("settings.install.unreachable")}
      </h3>
      <p>
        {isLoopback
          ? t("settings.install.loopbackHint")
          : t("settings.install.publicUrlHint", { address: options.address })}
      </p>
      <div className={classes.settings}>
        <CodeLine text={settings.join(" ")} label={t("shell.action.copy")} />
      </div>
      {settings.includes(OWN_TLS) && <p className={classes.dim}>{t("settings.install.ownTlsHint")}</p>}
      {isLoopback && <p className={classes.dim}>{t("settings.install.proxyHint")}</p>}
      <Button size="compact-sm" variant="default" className={classes.wrapped} onClick={onLocal}>
        {t("settings.install.local")}
      </Button>
    </section>
  );
}
