import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { Loader, SegmentedControl } from "@mantine/core";
import {
  INSTALL_SYSTEMS,
  type InstallOptions,
  type InstallSystem,
} from "@muster/shared/contracts/install.ts";
import { useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { systemOf } from "./enrol-lines.tsx";
import { InstallCommand } from "./install-command.tsx";
import classes from "./install-panel.module.css";
import { BuildingAgent, MissingAgent, UnreachableServer } from "./install-states.tsx";
import { type InstallLines, useInstallOptions } from "./use-enrolment.ts";

/** The command that installs an agent, for each system; or what keeps it from being shown, and what to do. */
export function InstallPanel({ lines }: { lines: InstallLines }) {
  const { t } = useTranslations();
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
          options={options.data}
          lines={lines}
          onRetry={() => void options.refetch()}
        />
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
  options: InstallOptions;
  lines: InstallLines;
  onRetry: () => void;
};

function PanelBody({ system, options, lines, onRetry }: PanelBodyProps) {
  const [isForThisComputer, setIsForThisComputer] = useState(false);
  const choice = options.systems.find((one) => one.system === system);
  if (!choice) return null;
  if (choice.state === "building") return <BuildingAgent system={system} />;
  if (choice.state === "none") return <MissingAgent system={system} onRetry={onRetry} />;
  if (!options.isReachable && !isForThisComputer) {
    return <UnreachableServer options={options} onLocal={() => setIsForThisComputer(true)} />;
  }
  return <InstallCommand choice={choice} options={options} lines={lines} />;
}
