import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { Me } from "@muster/shared/contracts/identity.ts";
import type { InstallLine, InstallOptions, InstallSystem } from "@muster/shared/contracts/install.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useLive } from "../../api/stream/live.tsx";
import { useTranslations } from "../../i18n/translations.tsx";
import { INSTALL_OPTIONS } from "../downloads/use-build.ts";

const BUILD_CHECK_MS = 3_000;

/** What can be installed now; read again while the agent of `system` is being built. */
export function useInstallOptions(system: InstallSystem) {
  return useQuery({
    queryKey: INSTALL_OPTIONS,
    queryFn: ({ signal }) => callApi("installOptions", paths.installOptions, { signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.systems.some((one) => one.system === system && isBuilding(one)) ? BUILD_CHECK_MS : false,
  });
}

function isBuilding({ agents }: InstallOptions["systems"][number]): boolean {
  return agents.some(({ state }) => state === "building");
}

/** Lines by their system, customer and number of devices. Each holds a token, so a page makes one and keeps it. */
export type InstallLines = Map<string, Promise<InstallLine>>;

/** Lines of the empty fleet page for each member, while the page lives: opened again, it shows the same. */
const firstLines = new Map<string, InstallLines>();

export function firstLinesOf({ user, organization }: Me): InstallLines {
  const member = `${user.id} ${organization.id}`;
  const known = firstLines.get(member);
  if (known) return known;
  const made: InstallLines = new Map();
  firstLines.set(member, made);
  return made;
}

/** A command covers the processors whose agents were ready when it was made. */
export function readyAgents({ agents }: Pick<InstallOptions["systems"][number], "agents">): string[] {
  return agents.filter(({ state }) => state === "ready").map(({ system }) => system);
}

type LineOptions = {
  choice: InstallOptions["systems"][number];
  customer: CustomerRef | null;
  maxUses: number;
  lines: InstallLines;
};

/** The line of a system for a customer's devices, made at once unless `lines` has it. */
export function useInstallLine({ choice, customer, maxUses, lines }: LineOptions) {
  const { system } = choice;
  const { t } = useTranslations();
  const queryClient = useQueryClient();
  const creation = useMutation({
    mutationFn: () => {
      const key = [...readyAgents(choice), maxUses, customer?.id].join(" ");
      const known = lines.get(key);
      if (known) return known;
      const body = {
        system,
        name: t("settings.tokens.defaultName"),
        maxUses,
        ...(customer && { customerId: customer.id }),
      };
      const made = callApi("installLine", paths.installLines, { method: "POST", body });
      lines.set(key, made);
      made.catch(() => lines.delete(key));
      return made;
    },
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["tokens"] }),
  });
  const { mutate } = creation;
  useEffect(() => mutate(), [mutate]);
  return creation;
}

/** The devices that reported for the first time since the page was opened, none of `knownIds`, in the order of their arrival. */
export function useArrivals(knownIds: ReadonlySet<string>): readonly DeviceSummary[] {
  const { listen } = useLive();
  const [arrived, setArrived] = useState<readonly DeviceSummary[]>([]);
  const [startedAt] = useState(() => Date.now());
  // The list learns of a device when it enrols, which is before its first report.
  const [knownBefore] = useState(knownIds);
  useEffect(
    () =>
      listen({
        onDevices: ({ changed }) => {
          const isNew = (device: DeviceSummary) =>
            !knownBefore.has(device.id) &&
            device.lastReportAt !== null &&
            idTimeMs(device.id) >= startedAt - 60_000;
          const found = changed.filter(isNew);
          if (found.length === 0) return;
          setArrived((known) => {
            const added = found.filter(({ id }) => !known.some((one) => one.id === id));
            return added.length === 0 ? known : [...known, ...added];
          });
        },
        onResync: () => undefined,
      }),
    [listen, knownBefore, startedAt],
  );
  return arrived;
}

/** When an id was made: the first 48 bits of a UUIDv7 are epoch milliseconds. */
function idTimeMs(id: string): number {
  return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}
