import type { DeviceScope } from "@muster/shared/contracts/device-scope.ts";
import { DeviceFilter } from "@muster/shared/contracts/device.ts";
import type { MaintenanceScope } from "@muster/shared/contracts/maintenance-window.ts";

/** The devices of a scope, as the filter of a list. */
export function filterOfScope(scope: DeviceScope | MaintenanceScope): DeviceFilter {
  const all = DeviceFilter.parse({});
  switch (scope.kind) {
    case "organization":
      return all;
    case "customer":
      return { ...all, customerId: [scope.customerId] };
    case "tag":
      return { ...all, tag: [scope.tag] };
    case "class":
      return { ...all, class: [scope.deviceClass] };
    case "device":
      return { ...all, id: [scope.deviceId] };
    case "devices":
      return { ...all, id: scope.deviceIds };
  }
}
