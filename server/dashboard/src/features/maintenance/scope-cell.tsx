import type { MaintenanceScope } from "@muster/shared/contracts/maintenance-window.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { countDevices } from "../../api/device-calls.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./maintenance.module.css";

/** What a window is for, with the number of devices that it covers now. */
export function ScopeCell({ scope }: { scope: MaintenanceScope }) {
  const { t } = useTranslations();
  const customer = useQuery({
    ...queries.customer(scope.kind === "customer" ? scope.customerId : ""),
    enabled: scope.kind === "customer",
  });
  const filter = filterOf(scope);
  const count = useQuery({
    queryKey: ["device-count", filter],
    queryFn: () => countDevices(filter ?? {}),
    enabled: filter !== null,
  });
  if (scope.kind === "devices" || filter === null) {
    return (
      <span>
        {t("maintenance.devices", { count: scope.kind === "devices" ? scope.deviceIds.length : 0 })}
      </span>
    );
  }
  const address = new URLSearchParams(filter).toString();
  return (
    <span className={classes.stack}>
      <bdi>{scopeName(scope, customer.data?.name ?? "…", t)}</bdi>
      {count.data !== undefined && (
        <Link href={address === "" ? "/" : `/?${address}`} className={classes.link}>
          {t("maintenance.covered", { count: count.data })}
        </Link>
      )}
    </span>
  );
}

function scopeName(
  scope: Exclude<MaintenanceScope, { kind: "devices" }>,
  customerName: string,
  t: ReturnType<typeof useTranslations>["t"],
): string {
  switch (scope.kind) {
    case "organization":
      return t("maintenance.scope.organization");
    case "customer":
      return `${t("maintenance.customer")}: ${customerName}`;
    case "tag":
      return `${t("maintenance.tag")}: ${scope.tag}`;
    case "class":
      return t(`states.class.${scope.deviceClass}`);
  }
}

/** The filter of the fleet page for a scope; null for single devices. */
function filterOf(scope: MaintenanceScope): Record<string, string> | null {
  switch (scope.kind) {
    case "organization":
      return {};
    case "customer":
      return { customerId: scope.customerId };
    case "tag":
      return { tag: scope.tag };
    case "class":
      return { class: scope.deviceClass };
    case "devices":
      return null;
  }
}
