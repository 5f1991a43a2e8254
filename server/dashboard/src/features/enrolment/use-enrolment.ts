import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { EnrolmentTokenCreated } from "@muster/shared/contracts/enrolment.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useLive } from "../../api/stream/live.tsx";
import { useTranslations } from "../../i18n/translations.tsx";

/** One line for each organization while the page lives: an empty fleet page that is opened again shows the same. */
const firstLines = new Map<string, Promise<EnrolmentTokenCreated>>();

/** Makes the line of an empty fleet page, at once and only once. */
export function useFirstLine(organizationId: string) {
  const { t } = useTranslations();
  const creation = useMutation({
    mutationFn: () => {
      const known = firstLines.get(organizationId);
      if (known) return known;
      const made = createToken(t("settings.tokens.defaultName"));
      firstLines.set(organizationId, made);
      made.catch(() => firstLines.delete(organizationId));
      return made;
    },
  });
  const { mutate } = creation;
  useEffect(() => mutate(), [mutate]);
  return creation;
}

/** Makes a token for one device, and names the device that was not known when it was made and has now reported. */
export function useEnrolment(knownIds: ReadonlySet<string>) {
  const { t } = useTranslations();
  const { listen } = useLive();
  const queryClient = useQueryClient();
  const [arrived, setArrived] = useState<DeviceSummary | null>(null);
  const [startedAt] = useState(() => Date.now());
  // The list learns of a device when it enrols, which is before its first report.
  const [knownBefore, setKnownBefore] = useState<ReadonlySet<string> | null>(null);
  const creation = useMutation({
    mutationFn: () => createToken(t("settings.tokens.defaultName")),
    onSuccess: () => {
      setKnownBefore(knownIds);
      void queryClient.invalidateQueries({ queryKey: ["tokens"] });
    },
  });
  useEffect(
    () =>
      listen({
        onDevices: ({ changed }) => {
          const isNew = (device: DeviceSummary) =>
            knownBefore?.has(device.id) === false &&
            device.lastReportAt !== null &&
            idTimeMs(device.id) >= startedAt - 60_000;
          const device = changed.find(isNew);
          if (device) setArrived((known) => known ?? device);
        },
        onResync: () => undefined,
      }),
    [listen, knownBefore, startedAt],
  );
  return { creation, arrived };
}

function createToken(name: string): Promise<EnrolmentTokenCreated> {
  return callApi("enrolmentTokenCreated", paths.tokens, { method: "POST", body: { name } });
}

/** When an id was made: the first 48 bits of a UUIDv7 are epoch milliseconds. */
function idTimeMs(id: string): number {
  return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}
