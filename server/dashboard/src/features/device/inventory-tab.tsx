import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import { PackageSearch } from "lucide-react";
import type { ReactNode } from "react";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { type DataColumn, DataTable } from "../../ui/data-table.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { FileSystems } from "./file-systems.tsx";
import classes from "./inventory-tab.module.css";
import { mountRowsOf } from "./mount-rows.ts";

/** Hardware and software of the machine, as its agent last reported them. */
export function InventoryTab({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const { inventory, inventoryAt } = device;
  if (inventory === null && mountRowsOf(device).length === 0) {
    return (
      <MessageState
        icon={<PackageSearch size={26} />}
        title={t("device.inventory.none")}
        text={t("device.inventory.noneHint")}
      />
    );
  }
  return (
    <div className={classes.inventory}>
      {inventoryAt !== null && (
        <p className={classes.asOf}>
          {t("device.inventory.asOf")} <RelativeTime at={inventoryAt} />
        </p>
      )}
      {inventory !== null && <MachineFacts inventory={inventory} />}
      <Section title={t("device.mounts.title")} isWide>
        <FileSystems device={device} />
      </Section>
      {inventory !== null && <Network inventory={inventory} />}
    </div>
  );
}

function Section({ title, isWide, children }: { title: string; isWide?: boolean; children: ReactNode }) {
  return (
    <section className={isWide ? classes.wide : undefined}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function MachineFacts({ inventory }: { inventory: Inventory }) {
  return (
    <>
      <SystemFacts inventory={inventory} />
      <HardwareFacts inventory={inventory} />
      <AgentFacts inventory={inventory} />
    </>
  );
}

function SystemFacts({ inventory }: { inventory: Inventory }) {
  const { t } = useTranslations();
  const { os } = inventory;
  return (
    <Section title={t("device.inventory.system")}>
      <FactList
        facts={[
          { name: t("device.inventory.name"), value: os.name },
          { name: t("device.inventory.version"), value: os.version },
          { name: t("device.inventory.build"), value: os.build },
          { name: t("device.inventory.kernel"), value: os.kernel },
          { name: t("device.inventory.architecture"), value: os.arch },
          { name: t("device.inventory.hostname"), value: inventory.hostname },
          { name: t("device.inventory.timeZone"), value: inventory.timeZone },
        ]}
      />
    </Section>
  );
}

function HardwareFacts({ inventory }: { inventory: Inventory }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { hardware } = inventory;
  const { cpu } = hardware;
  return (
    <Section title={t("device.inventory.hardware")}>
      <FactList
        facts={[
          { name: t("device.inventory.manufacturer"), value: hardware.manufacturer },
          { name: t("device.inventory.model"), value: hardware.model },
          { name: t("device.inventory.serial"), value: hardware.serial },
          { name: t("device.inventory.chassis"), value: hardware.chassis },
          { name: t("device.inventory.virtualization"), value: hardware.virtualization },
          { name: t("device.inventory.processor"), value: cpu.model },
          {
            name: t("device.inventory.parallel"),
            value: t("device.inventory.cores", { cores: cpu.cores, threads: cpu.threads }),
          },
          { name: t("device.inventory.memory"), value: formats.binaryBytes(hardware.memoryBytes) },
          {
            name: t("device.inventory.battery"),
            value: t(hardware.hasBattery ? "device.inventory.yes" : "device.inventory.no"),
          },
          ...partFacts(hardware, t, formats),
        ]}
      />
    </Section>
  );
}

/** The parts of the machine that its agent could name. A fact without a value is not shown. */
function partFacts(
  { bios, board, memoryModules, gpus }: Inventory["hardware"],
  t: ReturnType<typeof useTranslations>["t"],
  formats: ReturnType<typeof useFormats>,
) {
  const modules = memoryModules?.map(({ sizeBytes, type, speedMtps, slot }) =>
    joined([formats.binaryBytes(sizeBytes), type, speedMtps && `${speedMtps} MT/s`, slot]),
  );
  const cards = gpus?.map(({ vendor, model, memoryBytes }) =>
    joined([vendor, model, memoryBytes && formats.binaryBytes(memoryBytes)]),
  );
  return [
    { name: t("device.inventory.firmware"), value: joined([bios?.vendor, bios?.version, bios?.date]) },
    { name: t("device.inventory.board"), value: joined([board?.manufacturer, board?.model, board?.serial]) },
    { name: t("device.inventory.memoryModules"), value: modules?.join(", ") },
    { name: t("device.inventory.graphics"), value: cards?.join(", ") },
  ];
}

function joined(texts: readonly (string | number | undefined)[]): string | undefined {
  return texts.filter(Boolean).join(" · ") || undefined;
}

function AgentFacts({ inventory }: { inventory: Inventory }) {
  const { t } = useTranslations();
  const { agent } = inventory;
  return (
    <Section title={t("device.inventory.agent")}>
      <FactList
        facts={[
          { name: t("device.inventory.version"), value: agent.version },
          { name: t("device.inventory.runtime"), value: agent.runtime },
          { name: t("device.inventory.variant"), value: t(`device.inventory.${agent.variant}`) },
        ]}
      />
    </Section>
  );
}

function Network({ inventory }: { inventory: Inventory }) {
  const { t } = useTranslations();
  const columns: DataColumn<Inventory["networkInterfaces"][number]>[] = [
    { name: "name", label: t("device.inventory.interface"), cell: ({ name }) => name },
    { name: "mac", label: t("device.inventory.mac"), cell: ({ mac }) => mac },
    {
      name: "addresses",
      label: t("device.inventory.addresses"),
      cell: ({ addresses }) => addresses.join(", "),
    },
  ];
  return (
    <Section title={t("device.inventory.network")} isWide>
      <DataTable
        label={t("device.inventory.network")}
        rows={inventory.networkInterfaces}
        rowKey={({ name }) => name}
        columns={columns}
      />
    </Section>
  );
}
