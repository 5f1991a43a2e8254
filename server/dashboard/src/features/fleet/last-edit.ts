import type { DeviceEdit } from "@muster/shared/contracts/device-edit.ts";
import { skipToken, useQuery } from "@tanstack/react-query";

export const LAST_EDIT = ["last-edit"] as const;

/** The last edit of many devices that can be undone. It is kept while the page lives, and forgotten by signing out. */
export function useLastEdit(): DeviceEdit | null {
  const { data } = useQuery<DeviceEdit | null>({
    queryKey: LAST_EDIT,
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}
