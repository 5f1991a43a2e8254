import { Button, MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import {
  IncidentImpact,
  IncidentState,
  type NewIncidentUpdate,
  type StatusComponent,
  type StatusIncident,
} from "@muster/shared/contracts/status-page.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { useRequestForm } from "../../ui/use-request-form.ts";
import { useRefreshStatus } from "./use-status-page.ts";

type NewIncidentProps = { components: readonly StatusComponent[]; onClose: () => void };

/** Publishes an incident. */
export function NewIncidentDialog({ components, onClose }: NewIncidentProps) {
  const { t } = useTranslations();
  const refresh = useRefreshStatus();
  const request = useRequestForm({
    initialValues: {
      title: "",
      impact: "degraded",
      componentIds: Array<string>(),
      state: "investigating",
      text: "",
    },
    send: (values) => callApi("statusIncident", paths.statusIncidents, { method: "POST", body: values }),
    onDone: () => {
      void refresh();
      onClose();
    },
  });
  const field = request.form.getInputProps;
  return (
    <Dialog title={t("statusPage.openIncident")} onClose={onClose}>
      <DialogForm
        failure={request.failure}
        onSubmit={request.submit}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={request.isPending}>
            {t("statusPage.publish")}
          </Button>
        }
      >
        <TextInput data-autofocus label={t("statusPage.incidentTitle")} maxLength={120} {...field("title")} />
        <MultiSelect
          searchable
          label={t("statusPage.components")}
          data={components.map(({ id, name }) => ({ value: id, label: name }))}
          {...field("componentIds")}
        />
        <ImpactSelect {...field("impact")} />
        <StateSelect {...field("state")} />
        <IncidentText {...field("text")} />
      </DialogForm>
    </Dialog>
  );
}

/** Publishes what has become of an incident. */
export function UpdateDialog({ incident, onClose }: { incident: StatusIncident; onClose: () => void }) {
  const { t } = useTranslations();
  const refresh = useRefreshStatus();
  const request = useRequestForm<NewIncidentUpdate, StatusIncident>({
    initialValues: { state: incident.state, impact: incident.impact, text: "" },
    send: (values) =>
      callApi("statusIncident", paths.statusIncidentUpdates(incident.id), { method: "POST", body: values }),
    onDone: () => {
      void refresh();
      onClose();
    },
  });
  const field = request.form.getInputProps;
  return (
    <Dialog title={t("statusPage.updateTitle", { name: incident.title })} onClose={onClose}>
      <DialogForm
        failure={request.failure}
        onSubmit={request.submit}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={request.isPending}>
            {t("statusPage.publish")}
          </Button>
        }
      >
        <StateSelect data-autofocus {...field("state")} />
        {request.form.values.state !== "resolved" && <ImpactSelect {...field("impact")} />}
        <IncidentText {...field("text")} />
      </DialogForm>
    </Dialog>
  );
}

type FieldProps = ReturnType<ReturnType<typeof useRequestForm>["form"]["getInputProps"]>;

function ImpactSelect(props: FieldProps) {
  const { t } = useTranslations();
  return (
    <Select
      label={t("statusPage.impact")}
      data={IncidentImpact.options.map((value) => ({ value, label: t(`statusPage.state.${value}`) }))}
      allowDeselect={false}
      {...props}
    />
  );
}

function StateSelect(props: FieldProps) {
  const { t } = useTranslations();
  return (
    <Select
      label={t("statusPage.progress")}
      data={IncidentState.options.map((value) => ({ value, label: t(`statusPage.incidentState.${value}`) }))}
      allowDeselect={false}
      {...props}
    />
  );
}

function IncidentText(props: FieldProps) {
  const { t } = useTranslations();
  return (
    <Textarea
      label={t("statusPage.text")}
      description={t("statusPage.textHint")}
      autosize
      minRows={3}
      maxRows={10}
      maxLength={2_000}
      {...props}
    />
  );
}
