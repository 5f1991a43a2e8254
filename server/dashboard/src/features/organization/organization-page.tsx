import "../../ui/mantine-dialog-styles.ts";
import { Button, Select, TextInput, type TextInputProps } from "@mantine/core";
import type { Organization } from "@muster/shared/contracts/identity.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { ConflictPanel, type ConflictPanelProps } from "../../ui/drafts/conflict-panel.tsx";
import { DraftLine } from "../../ui/drafts/draft-line.tsx";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./organization-form.module.css";

export function OrganizationPage() {
  const { t } = useTranslations();
  const organization = useQuery(queries.organization());
  return (
    <SettingsPage title={t("settings.organization.title")} intro={t("settings.organization.intro")}>
      {organization.error && !organization.data && (
        <FailureState error={organization.error} retry={() => void organization.refetch()} />
      )}
      {organization.data && <OrganizationForm key={organization.data.id} organization={organization.data} />}
    </SettingsPage>
  );
}

const MINUTE_S = 60;

/** The settings of every device; only an administrator can change them. */
function OrganizationForm({ organization }: { organization: Organization }) {
  const { may, customers: limit } = useSession();
  const Settings = may("admin") && limit === null ? EditableSettings : ReadOnlySettings;
  return <Settings organization={organization} />;
}

function ReadOnlySettings({ organization }: { organization: Organization }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const facts = useOrganizationFacts(organization);
  const { longestPauseS: limitS } = organization;
  const pauseFact = limitS
    ? { name: t("settings.organization.pauseMinutes"), value: formats.oneDigit(limitS / MINUTE_S) }
    : {
        name: t("settings.organization.pause"),
        value: t(`settings.organization.pauseKind.${limitS === null ? "unlimited" : "forbidden"}`),
      };
  return (
    <div className={classes.form}>
      <FactList
        facts={[
          {
            name: t("settings.organization.name"),
            value: organization.name ?? t("shell.organization.unnamed"),
          },
          {
            name: t("settings.organization.reportInterval"),
            value: formats.whole(organization.reportIntervalS),
          },
          {
            name: t("settings.organization.offlineAfter"),
            value: formats.oneDigit(organization.offlineAfterS / MINUTE_S),
          },
          pauseFact,
          {
            name: t("settings.organization.contact"),
            value: organization.supportContact && contactText(contactFieldsOf(organization)),
          },
          ...facts,
        ]}
      />
      <p className={classes.note}>{t("settings.organization.readOnly")}</p>
    </div>
  );
}

function EditableSettings({ organization }: { organization: Organization }) {
  const { t } = useTranslations();
  const facts = useOrganizationFacts(organization);
  const save = useOrganizationForm(organization);
  const describe = useOrganizationTexts();
  const field = save.form.getInputProps;
  return (
    <form className={classes.form} onSubmit={save.submit}>
      <DraftLine draft={save.draft} />
      <TextInput
        required
        withAsterisk={false}
        label={t("settings.organization.name")}
        maxLength={100}
        {...field("name")}
      />
      <NumberInput
        label={t("settings.organization.reportInterval")}
        description={t("settings.organization.reportIntervalHint")}
        min={5}
        max={3_600}
        step={1}
        {...field("reportIntervalS")}
      />
      <NumberInput
        label={t("settings.organization.offlineAfter")}
        description={t("settings.organization.offlineAfterHint")}
        min={1}
        max={1_440}
        {...field("offlineAfterS")}
      />
      <PauseLimitField
        value={save.form.values.longestPauseS}
        error={save.form.errors["longestPauseS"]}
        onChange={(value) => save.form.setFieldValue("longestPauseS", value)}
      />
      <TextInput
        label={t("settings.organization.contactName")}
        description={t("settings.organization.contactHint")}
        maxLength={100}
        {...field("supportContact.name")}
      />
      <TextInput
        label={t("settings.organization.contactReach")}
        maxLength={200}
        {...field("supportContact.reach")}
      />
      <TextInput
        label={t("settings.organization.contactHours")}
        maxLength={200}
        {...field("supportContact.hours")}
      />
      <ConflictPanel conflict={save.conflict} describe={describe} />
      <FormError text={save.failure} />
      <Button
        type="submit"
        disabled={save.conflict !== null}
        loading={save.isPending}
        className={classes.save}
      >
        {t("shell.action.save")}
      </Button>
      <FactList facts={facts} />
    </form>
  );
}

type OrganizationValues = {
  name: string;
  reportIntervalS: string;
  offlineAfterS: string;
  longestPauseS: number | null;
  supportContact: ContactFields;
};

/** The contact as it is entered; all fields empty for none. */
type ContactFields = { name: string; reach: string; hours: string };

function contactFieldsOf({ supportContact }: Organization): ContactFields {
  const { name = "", reach = "", hours = "" } = supportContact ?? {};
  return { name, reach, hours: hours ?? "" };
}

function contactText({ name, reach, hours }: ContactFields): string {
  return [name, reach, hours].filter((part) => part !== "").join(", ");
}

/** Named as the fields of the request, so that the server's errors find them; `offlineAfterS` is entered in minutes. */
function useOrganizationForm(organization: Organization) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  return useEditForm<OrganizationValues, Organization>({
    object: "organization",
    resource: organization,
    valuesOf: (known) => ({
      name: known.name ?? "",
      reportIntervalS: String(known.reportIntervalS),
      offlineAfterS: String(known.offlineAfterS / MINUTE_S),
      longestPauseS: known.longestPauseS,
      supportContact: contactFieldsOf(known),
    }),
    reload: () => queryClient.fetchQuery({ ...queries.organization(), staleTime: 0 }),
    send: ({ reportIntervalS, offlineAfterS, supportContact, ...others }, { version }) =>
      callApi("organization", paths.organization, {
        method: "PATCH",
        ifMatch: version,
        body: {
          ...others,
          supportContact:
            contactText(supportContact) === ""
              ? null
              : { ...supportContact, hours: supportContact.hours === "" ? null : supportContact.hours },
          reportIntervalS: Number(reportIntervalS),
          offlineAfterS: Math.round(Number(offlineAfterS) * MINUTE_S),
        },
      }),
    onDone: (changed) => {
      queryClient.setQueryData(queries.organization().queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: queries.me().queryKey });
      showToast({ text: t("settings.organization.saved") });
    },
  });
}

function useOrganizationTexts(): ConflictPanelProps<OrganizationValues>["describe"] {
  const { t } = useTranslations();
  const formats = useFormats();
  const textOf = (text: string) => text;
  return {
    name: { label: t("settings.organization.name"), textOf },
    reportIntervalS: { label: t("settings.organization.reportInterval"), textOf },
    offlineAfterS: { label: t("settings.organization.offlineAfter"), textOf },
    supportContact: { label: t("settings.organization.contact"), textOf: contactText },
    longestPauseS: {
      label: t("settings.organization.pause"),
      textOf: (limitS) =>
        limitS
          ? formats.duration(limitS * 1_000)
          : t(`settings.organization.pauseKind.${limitS === null ? "unlimited" : "forbidden"}`),
    },
  };
}

function useOrganizationFacts({ createdAt, id }: Organization) {
  const { t } = useTranslations();
  const formats = useFormats();
  return [
    { name: t("settings.organization.created"), value: formats.day(createdAt) },
    { name: t("settings.organization.id"), value: id },
  ];
}

function NumberInput(props: TextInputProps) {
  return <TextInput type="number" step="any" required withAsterisk={false} {...props} />;
}

const DEFAULT_PAUSE_MINUTES = 120;
const MAX_PAUSE_MINUTES = 43_200;

const KINDS = ["unlimited", "limited", "forbidden"] as const;
type Kind = (typeof KINDS)[number];

type PauseLimitFieldProps = {
  /** Seconds; null for no limit, 0 for not at all. */
  value: number | null;
  error: ReactNode;
  onChange: (value: number | null) => void;
};

/** How long the person at a machine may pause its agent for. */
function PauseLimitField({ value, error, onChange }: PauseLimitFieldProps) {
  const { t } = useTranslations();
  const [minutes, setMinutes] = useState(value ? String(value / MINUTE_S) : String(DEFAULT_PAUSE_MINUTES));
  const kind = kindOf(value);
  const secondsOf = (text: string) => Math.max(1, Math.round(Number(text) * MINUTE_S));
  const values: Record<Kind, number | null> = {
    unlimited: null,
    limited: secondsOf(minutes),
    forbidden: 0,
  };
  return (
    <>
      <Select
        label={t("settings.organization.pause")}
        description={t("settings.organization.pauseHint")}
        allowDeselect={false}
        data={KINDS.map((one) => ({ value: one, label: t(`settings.organization.pauseKind.${one}`) }))}
        value={kind}
        error={error}
        onChange={(chosen) => chosen !== null && onChange(values[chosen])}
      />
      {kind === "limited" && (
        <NumberInput
          label={t("settings.organization.pauseMinutes")}
          min={1}
          max={MAX_PAUSE_MINUTES}
          value={minutes}
          onChange={({ currentTarget: { value: text } }) => {
            setMinutes(text);
            onChange(secondsOf(text));
          }}
        />
      )}
    </>
  );
}

function kindOf(value: number | null): Kind {
  if (value === null) return "unlimited";
  return value === 0 ? "forbidden" : "limited";
}
