import { Button, Loader } from "@mantine/core";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { InstallOptions } from "@muster/shared/contracts/install.ts";
import { TriangleAlert } from "lucide-react";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { CodeLine } from "../../ui/code-line.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { BuildButton } from "./build-button.tsx";
import classes from "./install-panel.module.css";
import { type InstallLines, useInstallLine } from "./use-enrolment.ts";

type Choice = InstallOptions["systems"][number];
type InstallCommandProps = {
  choice: Choice;
  customer: CustomerRef | null;
  maxUses: number;
  options: InstallOptions;
  lines: InstallLines;
};

const UNATTENDED_GUIDE = "docs/how-to/install-unattended.md";

/** The command of one system with what to know about it. It holds a new token. */
export function InstallCommand({ choice, customer, maxUses, options, lines }: InstallCommandProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const creation = useInstallLine({ choice, customer, maxUses, lines });
  const notes = useNotes(choice, options);
  if (creation.error) {
    return (
      <>
        <FormError text={failureText(creation.error)} />
        <Button size="compact-sm" variant="default" onClick={() => creation.mutate()}>
          {t("shell.action.retry")}
        </Button>
      </>
    );
  }
  if (!creation.data?.line) return <Loader size={16} />;
  return (
    <>
      <p>{t(`settings.install.intro.${choice.system}`)}</p>
      <CodeLine text={creation.data.line} label={t("settings.enrol.copy")} />
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{note}</span>
        </p>
      ))}
      <BuildButton agents={choice.agents} isMain={false} />
      <p className={classes.dim}>
        {t("settings.install.validity", { count: maxUses })}{" "}
        {t("settings.install.address", { address: options.address })}
      </p>
      <Details choice={choice} />
      <details className={classes.more}>
        <summary>{t("settings.install.uninstall")}</summary>
        <CodeLine text={choice.uninstallLine} label={t("settings.enrol.copy")} />
        <p className={classes.dim}>{t("settings.install.uninstallHint")}</p>
      </details>
    </>
  );
}

function Details({ choice: { agents } }: { choice: Choice }) {
  const { t } = useTranslations();
  const formats = useFormats();
  return (
    <details className={classes.more}>
      <summary>{t("settings.install.what")}</summary>
      <ol>
        <li>{t("settings.install.steps.script")}</li>
        <li>{t("settings.install.steps.agent")}</li>
        <li>{t("settings.install.steps.service")}</li>
      </ol>
      <ul>
        {agents.map(
          ({ system, version, sizeBytes, origin }) =>
            version !== null &&
            sizeBytes !== null &&
            origin !== null && (
              <li key={system}>
                {t("settings.install.agent", {
                  system: t(`downloads.systems.${system}`),
                  version,
                  size: formats.bytes(sizeBytes),
                  origin: t(`settings.install.origin.${origin}`),
                })}
              </li>
            ),
        )}
      </ul>
      <p className={classes.dim}>{t("settings.install.unattended", { file: UNATTENDED_GUIDE })}</p>
    </details>
  );
}

/** What a person should know before they paste the command. */
function useNotes({ agents, warnings }: Choice, options: InstallOptions): string[] {
  const { t } = useTranslations();
  const formats = useFormats();
  return [...options.warnings, ...warnings].flatMap(({ code }) => {
    switch (code) {
      case "plain-http":
        return t("settings.install.plainHttp");
      case "address-guessed":
        return t("settings.install.guessed", { address: options.address });
      case "processor-missing": {
        const missing = agents
          .filter(({ state }) => state !== "ready")
          .map(({ system }) => t(`downloads.systems.${system}`));
        return t("settings.install.processorMissing", { systems: formats.list(missing) });
      }
      case "loopback":
      case "public-url-local":
      case "building":
      case "no-agent":
        return []; // Shown in place of the command.
    }
  });
}
