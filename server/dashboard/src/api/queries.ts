import { keepPreviousData, QueryClient, queryOptions } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";
import { callApi, type QueryValue } from "./client.ts";
import { paths } from "./paths.ts";

const AVAILABILITY_REFRESH_MS = 60_000;
const MAINTENANCE_REFRESH_MS = 60_000;
/** What a silence matches changes with every alarm. */
const SILENCE_REFRESH_MS = 15_000;

/** What the pages read, each with the key under which the stream finds it. */
export const queries = {
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => callApi("me", paths.me, { signal }) }),
  summary: () =>
    queryOptions({
      queryKey: ["summary"],
      queryFn: ({ signal }) => callApi("fleetSummary", paths.summary, { signal }),
    }),
  device: (id: string) =>
    queryOptions({
      queryKey: ["device", id],
      queryFn: ({ signal }) => callApi("device", paths.device(id), { signal }),
    }),
  deviceAvailability: (id: string) =>
    queryOptions({
      queryKey: ["availability", "device", id],
      queryFn: ({ signal }) => callApi("deviceAvailability", paths.deviceAvailability(id), { signal }),
      refetchInterval: AVAILABILITY_REFRESH_MS,
    }),
  /** Of a customer, or of all devices without one. */
  availability: (customerId: string | undefined) =>
    queryOptions({
      queryKey: ["availability", "group", customerId ?? ""],
      queryFn: ({ signal }) =>
        callApi("fleetAvailability", paths.availability, { query: { customerId }, signal }),
      refetchInterval: AVAILABILITY_REFRESH_MS,
    }),
  deviceSearch: (search: string) =>
    queryOptions({
      queryKey: ["device-search", search],
      queryFn: ({ signal }) => callApi("devicePage", paths.devices, { query: { search, limit: 8 }, signal }),
      enabled: search.trim() !== "",
      placeholderData: keepPreviousData,
      staleTime: 5_000,
    }),
  deviceFacets: (query: Readonly<Record<string, QueryValue>>) =>
    queryOptions({
      queryKey: ["device-facets", query],
      queryFn: ({ signal }) => callApi("deviceFacets", paths.deviceFacets, { query, signal }),
      placeholderData: keepPreviousData,
      staleTime: 5_000,
    }),
  views: () =>
    queryOptions({
      queryKey: ["views"],
      queryFn: ({ signal }) => callApi("savedViews", paths.views, { signal }),
    }),
  actionRequesters: () =>
    queryOptions({
      queryKey: ["action-requesters"],
      queryFn: ({ signal }) => callApi("actionRequesters", paths.actionRequesters, { signal }),
    }),
  alarm: (id: string) =>
    queryOptions({
      queryKey: ["alarm", id],
      queryFn: ({ signal }) => callApi("alarm", paths.alarm(id), { signal }),
    }),
  /** How many alarms a filter finds; by default the open ones. */
  alarmSummary: (query: Readonly<Record<string, QueryValue>>) =>
    queryOptions({
      queryKey: ["alarms", "summary", query],
      queryFn: ({ signal }) => callApi("alarmSummary", paths.alarmSummary, { query, signal }),
      placeholderData: keepPreviousData,
    }),
  /** The first alarms that a filter finds, read again when an alarm changes. */
  alarms: (query: Readonly<Record<string, QueryValue>>) =>
    queryOptions({
      queryKey: ["alarms", "page", query],
      queryFn: ({ signal }) => callApi("alarmPage", paths.alarms, { query, signal }),
    }),
  alarmAssignees: () =>
    queryOptions({
      queryKey: ["alarm-assignees"],
      queryFn: ({ signal }) => callApi("alarmAssignees", paths.alarmAssignees, { signal }),
    }),
  alarmRules: () =>
    queryOptions({
      queryKey: ["alarm-rules"],
      queryFn: ({ signal }) => callApi("alarmRules", paths.alarmRules, { signal }),
    }),
  channels: () =>
    queryOptions({
      queryKey: ["channels"],
      queryFn: ({ signal }) => callApi("channels", paths.channels, { signal }),
    }),
  deliveriesOfAlarm: (alarmId: string) =>
    queryOptions({
      queryKey: ["alarms", "deliveries", alarmId],
      queryFn: ({ signal }) =>
        callApi("deliveryPage", paths.deliveries, { query: { alarmId, limit: 100 }, signal }),
    }),
  artefacts: () =>
    queryOptions({
      queryKey: ["artefacts"],
      queryFn: ({ signal }) => callApi("artefactList", paths.artefacts, { signal }),
      staleTime: 0,
    }),
  customer: (id: string) =>
    queryOptions({
      queryKey: ["customer", id],
      queryFn: ({ signal }) => callApi("customer", paths.customer(id), { signal }),
    }),
  customerSearch: (search: string) =>
    queryOptions({
      queryKey: ["customer-search", search],
      queryFn: ({ signal }) =>
        callApi("customerPage", paths.customers, {
          query: { search: search || undefined, limit: 20 },
          signal,
        }),
      placeholderData: keepPreviousData,
      staleTime: 5_000,
    }),
  policies: () =>
    queryOptions({
      queryKey: ["notification-policies"],
      queryFn: ({ signal }) => callApi("notificationPolicies", paths.policies, { signal }),
    }),
  pushSubscriptions: () =>
    queryOptions({
      queryKey: ["push-subscriptions"],
      queryFn: ({ signal }) => callApi("pushSubscriptions", paths.pushSubscriptions, { signal }),
    }),
  watches: () =>
    queryOptions({
      queryKey: ["watches"],
      queryFn: ({ signal }) => callApi("watches", paths.watches, { signal }),
    }),
  silences: (query: { state?: "current" | "ended"; alarmId?: string }) =>
    queryOptions({
      queryKey: ["silences", query],
      queryFn: ({ signal }) => callApi("silences", paths.silences, { query, signal }),
      refetchInterval: SILENCE_REFRESH_MS,
    }),
  maintenanceWindows: (deviceId?: string) =>
    queryOptions({
      queryKey: ["maintenance-windows", deviceId ?? ""],
      queryFn: ({ signal }) =>
        callApi("maintenanceWindows", paths.maintenanceWindows, { query: { deviceId }, signal }),
      refetchInterval: MAINTENANCE_REFRESH_MS,
    }),
  organization: () =>
    queryOptions({
      queryKey: ["organization"],
      queryFn: ({ signal }) => callApi("organization", paths.organization, { signal }),
    }),
};

const RETRIES = 2;

/** The stream keeps cached answers up to date, so only requests that got no answer are repeated automatically. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        networkMode: "always",
        retry: (failures, error) => failures < RETRIES && isWorthRetrying(error),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

function isWorthRetrying(error: Error): boolean {
  return error instanceof ApiError && (error.code === "network" || error.code === "unavailable");
}
