import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { Loader, SegmentedControl } from "@mantine/core";
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
import { type InstallLines, useInstallOptions } from "./use-enrolment.ts";

type InstallPanelProps = {
  lines: InstallLines;
  /** Shown below a command only. */
  children?: ReactNode;
};

/** The command that installs an agent, for each system; or what keeps it from being shown, and what to do. */
export function InstallPanel({ lines, children }: InstallPanelProps) {
  const { t } = useTranslations();
  const [customer, setCustomer] = useState<CustomerRef | null>(null);
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
      <InstallCustomer value={customer} onChange={setCustomer} />
      {options.data && (
        <PanelBody
          key={system}
          system={system}
          customer={customer}
          options={options.data}
          lines={lines}
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
  options: InstallOptions;
  lines: InstallLines;
  children: ReactNode;
  onRetry: () => void;
};

function PanelBody({ system, customer, options, lines, children, onRetry }: PanelBodyProps) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  const [isForThisComputer, setIsForThisComputer] = useState(false);
  const choice = options.systems.find((one) => one.system === system);
  if (!choice) return null;
  if (choice.state === "building") return <BuildingAgent system={system} />;
  if (choice.state === "none") return <MissingAgent system={system} onRetry={onRetry} />;
  if (!options.isReachable && !isForThisComputer) {
    return <UnreachableServer options={options} onLocal={() => setIsForThisComputer(true)} />;
  }
  // With one customer the server knows which.
  if (limit !== null && limit.length > 1 && customer === null) {
    return <p>{t("settings.install.chooseCustomer")}</p>;
  }
  return (
    <>
      <InstallCommand
        key={customer?.id}
        choice={choice}
        customer={customer}
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
