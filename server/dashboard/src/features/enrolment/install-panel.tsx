import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { Loader, SegmentedControl, Select } from "@mantine/core";
import {
  INSTALL_SYSTEMS,
  type InstallOptions,
  type InstallSystem,
} from "@muster/shared/contracts/install.ts";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { CustomerSelect, useFoundCustomers } from "../customers/customer-select.tsx";
import { useSession } from "../session/session-context.tsx";
import { systemOf } from "./enrol-lines.tsx";
import { InstallCommand } from "./install-command.tsx";
import classes from "./install-panel.module.css";
import { BuildingAgent, MissingAgent, UnreachableServer } from "./install-states.tsx";
import { type InstallLines, readyAgents, useInstallOptions } from "./use-enrolment.ts";

type InstallPanelProps = {
  lines: InstallLines;
  /** Another number with other lines: another command is wanted. */
  round?: number;
  /** Shown below a command only. */
  children?: ReactNode;
};

/** The command that installs an agent, for each system; or what keeps it from being shown, and what to do. */
export function InstallPanel({ lines, round = 1, children }: InstallPanelProps) {
  const { t } = useTranslations();
  const [customer, setCustomer] = useState<CustomerRef | null>(null);
  const [maxUses, setMaxUses] = useState(1);
  const [system, setSystem] = useState<InstallSystem>(() => systemOf(navigator.userAgent));
  const options = useInstallOptions(system);
  return (
    <div className={classes.panel}>
      <SegmentedControl
        aria-label={t("settings.enrol.system")}
        value={system}
        onChange={(value) => setSystem(INSTALL_SYSTEMS.find((one) => one === value) ?? "linux")}
        data={INSTALL_SYSTEMS.map((value) => ({ value, label: t(`states.os.${value}`) }))}
      />
      {options.data && (
        <PanelBody
          key={system}
          system={system}
          customer={customer}
          maxUses={maxUses}
          options={options.data}
          lines={lines}
          round={round}
          fields={
            <>
              <InstallCustomer value={customer} onChange={setCustomer} />
              <InstallCount value={maxUses} onChange={setMaxUses} />
            </>
          }
          onRetry={() => void options.refetch()}
        >
          {children}
        </PanelBody>
      )}
      {options.isPending && <Loader size={16} />}
      {options.error && !options.data && (
        <FailureState error={options.error} retry={() => void options.refetch()} />
      )}
    </div>
  );
}

type PanelBodyProps = {
  system: InstallSystem;
  customer: CustomerRef | null;
  maxUses: number;
  options: InstallOptions;
  lines: InstallLines;
  round: number;
  /** What a command is made of. */
  fields: ReactNode;
  children: ReactNode;
  onRetry: () => void;
};

function PanelBody({
  system,
  customer,
  maxUses,
  options,
  lines,
  round,
  fields,
  children,
  onRetry,
}: PanelBodyProps) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  const [isForThisComputer, setIsForThisComputer] = useState(false);
  const choice = options.systems.find((one) => one.system === system);
  if (!choice) return null;
  if (!options.isReachable && !isForThisComputer) {
    return <UnreachableServer options={options} onLocal={() => setIsForThisComputer(true)} />;
  }
  if (choice.state === "building") return <BuildingAgent system={system} />;
  if (choice.state === "none") return <MissingAgent choice={choice} onRetry={onRetry} />;
  // With one customer the server knows which.
  if (limit !== null && limit.length > 1 && customer === null) {
    return (
      <>
        {fields}
        <p>{t("settings.install.chooseCustomer")}</p>
      </>
    );
  }
  return (
    <>
      {fields}
      <InstallCommand
        key={[round, customer?.id, maxUses, ...readyAgents(choice)].join(" ")}
        choice={choice}
        customer={customer}
        maxUses={maxUses}
        options={options}
        lines={lines}
      />
      {children}
    </>
  );
}

type InstallCustomerProps = {
  value: CustomerRef | null;
  onChange: (customer: CustomerRef | null) => void;
};

/** Whose the new devices are. Offered where there is a choice. */
function InstallCustomer({ value, onChange }: InstallCustomerProps) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  const hasCustomers = useFoundCustomers("").length > 0;
  if (!hasCustomers || limit?.length === 1) return null;
  return (
    <CustomerSelect
      label={t("settings.install.customer")}
      value={value}
      mayCreate={false}
      onChange={(chosen) => onChange(chosen?.id ? chosen : null)}
    />
  );
}

const DEVICE_COUNTS = [1, 10, 100];

/** How many devices one command may add. */
function InstallCount({ value, onChange }: { value: number; onChange: (count: number) => void }) {
  const { t } = useTranslations();
  return (
    <Select
      label={t("settings.install.count")}
      allowDeselect={false}
      data={DEVICE_COUNTS.map((count) => ({
        value: String(count),
        label: t("settings.install.upTo", { count }),
      }))}
      value={String(value)}
      onChange={(chosen) => onChange(Number(chosen ?? 1))}
    />
  );
}
