import { Button } from "@mantine/core";
import type { StatusComponent, StatusIncident } from "@muster/shared/contracts/status-page.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { ComponentStateLabel } from "./component-state.tsx";
import { NewIncidentDialog, UpdateDialog } from "./incident-dialogs.tsx";
import classes from "./status-page.module.css";
import { statusQueries, useRefreshStatus } from "./use-status-page.ts";

type IncidentListProps = { components: readonly StatusComponent[]; mayPublish: boolean };

/** What members have published about incidents. */
export function IncidentList({ components, mayPublish }: IncidentListProps) {
  const { t } = useTranslations();
  const incidents = useQuery(statusQueries.incidents());
  const [isOpening, setIsOpening] = useState(false);
  return (
    <section className={classes.incidents} aria-labelledby="status-incidents">
      <div className={classes.head}>
        <h2 id="status-incidents">{t("statusPage.incidents")}</h2>
        {mayPublish && (
          <Button variant="default" leftSection={<Plus size={16} />} onClick={() => setIsOpening(true)}>
            {t("statusPage.openIncident")}
          </Button>
        )}
      </div>
      {incidents.error && !incidents.data && (
        <FailureState error={incidents.error} retry={() => void incidents.refetch()} />
      )}
      {incidents.data?.items.length === 0 && <p className={classes.note}>{t("statusPage.noIncidents")}</p>}
      {incidents.data?.items.map((incident) => (
        <Incident key={incident.id} incident={incident} components={components} mayPublish={mayPublish} />
      ))}
      {isOpening && <NewIncidentDialog components={components} onClose={() => setIsOpening(false)} />}
    </section>
  );
}

type IncidentProps = {
  incident: StatusIncident;
  components: readonly StatusComponent[];
  mayPublish: boolean;
};

function Incident({ incident, components, mayPublish }: IncidentProps) {
  const { t } = useTranslations();
  const [dialog, setDialog] = useState<"update" | "remove" | null>(null);
  const names = components.filter(({ id }) => incident.componentIds.includes(id)).map(({ name }) => name);
  const close = () => setDialog(null);
  return (
    <article className={classes.incident}>
      <div className={classes.head}>
        <h3>
          <bdi>{incident.title}</bdi>
        </h3>
        {incident.resolvedAt === null && <ComponentStateLabel state={incident.impact} />}
      </div>
      {names.length > 0 && <p className={classes.note}>{names.join(", ")}</p>}
      <ol className={classes.updates}>
        {incident.updates.map((update) => (
          <li key={update.at}>
            <span className={classes.note}>
              {t(`statusPage.incidentState.${update.state}`)} · <RelativeTime at={update.at} />
            </span>
            <p>{update.text}</p>
          </li>
        ))}
      </ol>
      {mayPublish && (
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => setDialog("update")}>
            {t("statusPage.addUpdate")}
          </Button>
          <Button variant="subtle" color="critical" onClick={() => setDialog("remove")}>
            {t("statusPage.removeIncident")}
          </Button>
        </div>
      )}
      {dialog === "update" && <UpdateDialog incident={incident} onClose={close} />}
      {dialog === "remove" && <RemoveDialog incident={incident} onClose={close} />}
    </article>
  );
}

function RemoveDialog({ incident, onClose }: { incident: StatusIncident; onClose: () => void }) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const refresh = useRefreshStatus();
  const remove = useMutation({
    mutationFn: () => callApi("nothing", paths.statusIncident(incident.id), { method: "DELETE" }),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("statusPage.removeTitle", { name: incident.title })}
      text={t("statusPage.removeText")}
      verb={t("statusPage.removeIncident")}
      isPending={remove.isPending}
      failure={remove.error && failureText(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
