import type { Me, Role } from "@muster/shared/contracts/identity.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { Redirect, useLocation } from "wouter";
import { basePath } from "../../api/base-path.ts";
import { ApiError } from "../../api/api-error.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { chooseOrganization, onSessionEnded, takeHasSession } from "../../api/session.ts";
import { LiveProvider } from "../../api/stream/live.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { loginPath, SESSION_ENDED } from "./return-path.ts";

const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2, owner: 3 };

/** Whether a role has at least the rights of another. */
function isAtLeast(role: Role, minimumRole: Role): boolean {
  return RANK[role] >= RANK[minimumRole];
}

const SessionContext = createContext<Me | null>(null);

/** The signed-in user, and whether their role is at least `minimumRole`. */
export function useSession(): Me & { may: (minimumRole: Role) => boolean } {
  const me = useContext(SessionContext);
  if (!me) throw new Error("useSession is only for pages inside SessionGate");
  return { ...me, may: (minimumRole) => isAtLeast(me.role, minimumRole) };
}

/** Shows its children to a signed-in person, and the sign-in page to everyone else, which leads back here. */
export function SessionGate({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [path, navigate] = useLocation();
  const [mayHaveSession] = useState(takeHasSession);
  const me = useQuery({
    ...queries.me(),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: mayHaveSession,
  });

  useEffect(
    () =>
      onSessionEnded(() => {
        queryClient.clear();
        const here = location.pathname.slice(basePath.length) || "/";
        navigate(loginPath(here, location.search), { replace: true, state: SESSION_ENDED });
      }),
    [queryClient, navigate],
  );
  useSentLanguage(me.data);
  useEffect(() => {
    if (me.data) chooseOrganization(me.data.organization.id);
  }, [me.data]);

  if (me.data) {
    return (
      <SessionContext value={me.data}>
        <LiveProvider
          key={me.data.organization.id}
          organization={me.data.organization.id}
          since={me.data.streamPosition}
        >
          {children}
        </LiveProvider>
      </SessionContext>
    );
  }
  const login = loginPath(path, location.search);
  if (!mayHaveSession) return <Redirect to={login} replace />;
  if (!me.error) return null;
  if (me.error instanceof ApiError && me.error.status === 401) {
    return <Redirect to={login} replace state={SESSION_ENDED} />;
  }
  return <FailureState error={me.error} retry={() => void me.refetch()} isPage />;
}

/** Lets mails be in the language of the dashboard. Nothing depends on it here, so a failure waits for the next visit. */
function useSentLanguage(me: Me | undefined): void {
  // Renders again when another language is chosen.
  useTranslations();
  const queryClient = useQueryClient();
  const known = me?.user.language;
  const language = currentLanguage();
  useEffect(() => {
    if (known === undefined || known === language) return;
    callApi("nothing", paths.language, { method: "PUT", body: { language } }).then(
      () =>
        queryClient.setQueryData(
          queries.me().queryKey,
          (former) => former && { ...former, user: { ...former.user, language } },
        ),
      () => undefined,
    );
  }, [known, language, queryClient]);
}

/** A page for one role and those above it; other users see why it is closed to them. */
export function RoleGate({
  minimumRole,
  needsWholeOrganization = false,
  children,
}: {
  minimumRole: Role;
  /** Closed to members who are limited to customers. */
  needsWholeOrganization?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslations();
  const { may, customers: limit } = useSession();
  if (may(minimumRole) && (limit === null || !needsWholeOrganization)) return children;
  return (
    <MessageState
      icon={<Lock size={26} />}
      title={t("shell.state.forbidden")}
      text={t("shell.state.forbiddenText")}
      isPage
    />
  );
}
