import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { callApi } from "./client.ts";
import { paths } from "./paths.ts";

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
  deviceSearch: (search: string) =>
    queryOptions({
      queryKey: ["device-search", search],
      queryFn: ({ signal }) => callApi("devicePage", paths.devices, { query: { search, limit: 8 }, signal }),
      enabled: search.trim() !== "",
      placeholderData: keepPreviousData,
      staleTime: 5_000,
    }),
  organization: () =>
    queryOptions({
      queryKey: ["organization"],
      queryFn: ({ signal }) => callApi("organization", paths.organization, { signal }),
    }),
};
