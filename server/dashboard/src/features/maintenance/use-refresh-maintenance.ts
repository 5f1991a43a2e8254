import { useQueryClient } from "@tanstack/react-query";

/** Reads windows and the calendar again after a change. */
export function useRefreshMaintenance(): () => void {
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries({ queryKey: ["maintenance-windows"] });
    void queryClient.invalidateQueries({ queryKey: ["maintenance-calendar"] });
  };
}
