import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Redirect, useLocation } from "wouter";
import { ApiError } from "../../api/api-error.ts";
import { basePath } from "../../api/base-path.ts";
import { queries } from "../../api/queries.ts";
import { chooseOrganization, onSessionEnded } from "../../api/session.ts";
import { LiveProvider } from "../../api/stream/live.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { loginPath } from "./return-path.ts";
import { SessionContext } from "./session-context.tsx";

/** Shows its children to a signed-in person, and the sign-in page to everyone else, keeping the place. */
export function SessionGate({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [path, navigate] = useLocation();
  const me = useQuery({ ...queries.me(), staleTime: Number.POSITIVE_INFINITY });

  useEffect(
    () =>
      onSessionEnded(() => {
        queryClient.clear();
        const here = location.pathname.slice(basePath.length) || "/";
        navigate(loginPath(here, location.search), { replace: true });
      }),
    [queryClient, navigate],
  );
  useEffect(() => {
    if (me.data) chooseOrganization(me.data.organization.id);
  }, [me.data]);

  if (me.data) {
    return (
      <SessionContext value={me.data}>
        <LiveProvider key={me.data.organization.id} organization={me.data.organization.id}>
          {children}
        </LiveProvider>
      </SessionContext>
    );
  }
  if (!me.error) return null;
  if (me.error instanceof ApiError && me.error.status === 401) {
    return <Redirect to={loginPath(path, location.search)} replace />;
  }
  return <FailureState error={me.error} retry={() => void me.refetch()} isPage />;
}
