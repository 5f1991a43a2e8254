import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";

export const INSTALL_OPTIONS = ["install-options"] as const;

/** Asks the server to build agents, which it does one after the other. */
export function useBuild() {
  const queryClient = useQueryClient();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  return useMutation({
    mutationFn: async (systems: readonly AgentSystem[]) => {
      for (const system of systems)
        await callApi("agentOffer", paths.artefactBuilds, { method: "POST", body: { system } });
    },
    onSettled: async () => {
      await Promise.all(
        [queries.artefacts().queryKey, INSTALL_OPTIONS].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      );
    },
    onError: (error) => showToast({ text: failureText(error), tone: "failure" }),
  });
}
