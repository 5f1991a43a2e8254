import { Button } from "@mantine/core";
import type { InstallOptions } from "@muster/shared/contracts/install.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useBuild } from "../downloads/use-build.ts";
import { useSession } from "../session/session-context.tsx";

type BuildButtonProps = Pick<InstallOptions["systems"][number], "agents"> & {
  /** There is no command until it is pressed. */
  isMain: boolean;
};

/** Builds the agents of a system that the server does not have. Only a server administrator can. */
export function BuildButton({ agents, isMain }: BuildButtonProps) {
  const { t } = useTranslations();
  const { isServerAdmin } = useSession();
  const build = useBuild();
  const missing = agents.filter(({ state }) => state === "none").map(({ system }) => system);
  const isBuilding = build.isPending || agents.some(({ state }) => state === "building");
  if (!isServerAdmin || (missing.length === 0 && !isBuilding)) return null;
  return (
    <Button
      size="compact-sm"
      variant={isMain ? "filled" : "default"}
      style={{ alignSelf: "flex-start" }}
      loading={isBuilding}
      onClick={() => build.mutate(missing)}
    >
      {t("downloads.build")}
    </Button>
  );
}
