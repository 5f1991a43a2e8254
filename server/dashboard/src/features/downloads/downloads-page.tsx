import { Button } from "@mantine/core";
import type { AgentOffer, RejectedFile, TrayInstaller } from "@muster/shared/contracts/artefact.ts";
import { useQuery } from "@tanstack/react-query";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { type DataColumn, DataTable } from "../../ui/data-table.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useSession } from "../session/session-context.tsx";
import { AgentState } from "./agent-state.tsx";
import classes from "./downloads-page.module.css";
import { FileHash } from "./file-hash.tsx";
import { useBuild } from "./use-build.ts";

const POLL_MS = 2_000;

/** What this server offers for download: agents by system, and the tray's packages. */
export function DownloadsPage() {
  const { t } = useTranslations();
  const list = useQuery({
    ...queries.artefacts(),
    refetchInterval: ({ state }) =>
      state.data?.agents.some(({ isBuilding }) => isBuilding) ? POLL_MS : false,
  });
  const agentColumns = useAgentColumns();
  const trayColumns = useTrayColumns();
  return (
    <SettingsPage title={t("downloads.title")} intro={t("downloads.intro")}>
      {list.error && !list.data && <FailureState error={list.error} retry={() => void list.refetch()} />}
      {list.data && (
        <>
          <h2 className={classes.heading}>{t("downloads.agents")}</h2>
          <DataTable
            label={t("downloads.agents")}
            rows={list.data.agents}
            rowKey={({ system }) => system}
            columns={agentColumns}
          />
          <h2 className={classes.heading}>{t("downloads.tray")}</h2>
          {list.data.trayInstallers.length === 0 ? (
            <p className={classes.note}>{t("downloads.noTray")}</p>
          ) : (
            <DataTable
              label={t("downloads.tray")}
              rows={list.data.trayInstallers}
              rowKey={({ fileName }) => fileName}
              columns={trayColumns}
            />
          )}
          <RejectedFiles files={list.data.rejectedFiles} />
        </>
      )}
    </SettingsPage>
  );
}

/** What an operator put beside the agents and the server does not offer: a wrong name would otherwise only be in its log. */
function RejectedFiles({ files }: { files: readonly RejectedFile[] }) {
  const { t } = useTranslations();
  const columns = useRejectedColumns();
  if (files.length === 0) return null;
  return (
    <>
      <h2 className={classes.heading}>{t("downloads.rejected.title")}</h2>
      <DataTable
        label={t("downloads.rejected.title")}
        rows={files}
        rowKey={({ fileName }) => fileName}
        columns={columns}
      />
    </>
  );
}

function useRejectedColumns(): DataColumn<RejectedFile>[] {
  const { t } = useTranslations();
  return [
    { name: "file", label: t("downloads.file"), cell: ({ fileName }) => <bdi>{fileName}</bdi> },
    {
      name: "reason",
      label: t("downloads.rejected.why"),
      cell: ({ reason }) => t(`downloads.rejected.${reason}`),
    },
  ];
}

function useAgentColumns(): DataColumn<AgentOffer>[] {
  const { t } = useTranslations();
  const formats = useFormats();
  return [
    { name: "system", label: t("downloads.system"), cell: ({ system }) => t(`downloads.systems.${system}`) },
    { name: "state", label: t("settings.common.state"), cell: (offer) => <AgentState offer={offer} /> },
    { name: "version", label: t("downloads.version"), cell: ({ artefact }) => artefact?.version },
    {
      name: "size",
      label: t("downloads.size"),
      isNumber: true,
      cell: ({ artefact }) => artefact && formats.bytes(artefact.sizeBytes),
    },
    {
      name: "hash",
      label: "SHA-256",
      cell: ({ artefact }) => artefact && <FileHash sha256={artefact.sha256} />,
    },
    {
      name: "origin",
      label: t("downloads.origin"),
      cell: ({ artefact }) => artefact && t(`downloads.origins.${artefact.origin}`),
    },
    {
      name: "created",
      label: t("downloads.created"),
      cell: ({ artefact }) =>
        artefact && (
          <span className={classes.created}>
            <RelativeTime at={artefact.createdAt} />
          </span>
        ),
    },
    { name: "actions", label: "", isNumber: true, cell: (offer) => <AgentActions offer={offer} /> },
  ];
}

function useTrayColumns(): DataColumn<TrayInstaller>[] {
  const { t } = useTranslations();
  const formats = useFormats();
  return [
    { name: "file", label: t("downloads.file"), cell: ({ fileName }) => <bdi>{fileName}</bdi> },
    {
      name: "size",
      label: t("downloads.size"),
      isNumber: true,
      cell: ({ sizeBytes }) => formats.bytes(sizeBytes),
    },
    { name: "hash", label: "SHA-256", cell: ({ sha256 }) => <FileHash sha256={sha256} /> },
    {
      name: "created",
      label: t("downloads.created"),
      cell: ({ modifiedAt }) => <RelativeTime at={modifiedAt} />,
    },
  ];
}

function AgentActions({ offer }: { offer: AgentOffer }) {
  const { t } = useTranslations();
  const { isServerAdmin } = useSession();
  const build = useBuild();
  const { system, artefact, isBuilding, canBuild } = offer;
  const name = t(`downloads.systems.${system}`);
  const mayBuild = canBuild && isServerAdmin;
  if (!mayBuild && !artefact) return null;
  return (
    <span className={classes.actions}>
      {artefact && (
        <Button
          component="a"
          variant="default"
          size="xs"
          href={paths.agentFile(system, artefact.sha256)}
          download={artefact.fileName}
          aria-label={t("downloads.downloadFor", { name })}
        >
          {t("downloads.download")}
        </Button>
      )}
      {mayBuild && (
        <Button
          variant="default"
          size="xs"
          loading={build.isPending || isBuilding}
          aria-label={t("downloads.buildFor", { name })}
          onClick={() => build.mutate([system])}
        >
          {t(artefact ? "downloads.rebuild" : "downloads.build")}
        </Button>
      )}
    </span>
  );
}
