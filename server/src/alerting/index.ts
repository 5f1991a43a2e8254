import { findDeviceTraits } from "../fleet/index.ts";
import type { Route } from "../platform/http/route.ts";
import type { Job } from "../platform/jobs/job.ts";
import { createNotifications, type NotificationsDeps } from "./notifications/index.ts";

export { dropUnfinishedNotifications } from "./notifications/index.ts";

export type AlertingDeps = Omit<
  NotificationsDeps,
  "findDevice" | "findAlarm" | "describeAlarm" | "acknowledge"
>;

export type Alerting = {
  routes: Route[];
  jobs: Job[];
  /** Ends what runs in the background. */
  stop(): Promise<void>;
};

/** Alarms, and how people are told of them. */
export function createAlerting(deps: AlertingDeps): Alerting {
  const notifications = createNotifications({
    ...deps,
    findDevice: findDeviceTraits,
    // The module of the alarms gives these three, and calls `notifications.notify`.
    findAlarm: async () => undefined,
    describeAlarm: ({ rule_name, device_name }) => ({
      title: [rule_name, device_name].filter((name) => name !== null).join(": "),
      sentence: "",
    }),
    acknowledge: async () => {},
  });
  return {
    routes: notifications.routes,
    jobs: notifications.jobs,
    stop: () => notifications.stop(),
  };
}
