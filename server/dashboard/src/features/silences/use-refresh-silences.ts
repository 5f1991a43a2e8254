import { useQueryClient } from "@tanstack/react-query";

/** Reads silences, and the alarms that they may keep quiet, again after a change. */
export function useRefreshSilences(): () => void {
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries({ queryKey: ["silences"] });
    void queryClient.invalidateQueries({ queryKey: ["alarm"] });
  };
}
