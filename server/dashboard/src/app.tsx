import { Button, localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { lazy, Suspense } from "react";
import { Link, Redirect, Route, Router, Switch, useLocation } from "wouter";
import { basePath } from "./api/base-path.ts";
import { BatchTracker } from "./features/actions/batch-tracker.tsx";
import { AlarmListProvider } from "./features/alarms/alarm-list-context.tsx";
import { FleetListProvider } from "./features/fleet/fleet-list-context.tsx";
import { FleetPage } from "./features/fleet/fleet-page.tsx";
import { SessionGate } from "./features/session/session-context.tsx";
import { Shell } from "./features/shell/shell.tsx";
import { useTranslations, TranslationsProvider } from "./i18n/translations.tsx";
import { cspNonce } from "./ui/csp-nonce.ts";
import { ErrorBoundary } from "./ui/failure-state.tsx";
import { MessageState } from "./ui/message-state.tsx";
import { cssVariablesResolver, theme } from "./ui/theme.ts";
import { ToastProvider } from "./ui/toasts.tsx";
import { usePageTitle } from "./ui/use-page-title.ts";

const LoginPage = lazy(() =>
  import("./features/session/login-page.tsx").then((m) => ({ default: m.LoginPage })),
);
const SetupPage = lazy(() =>
  import("./features/session/setup-page.tsx").then((m) => ({ default: m.SetupPage })),
);
const WallPage = lazy(() => import("./features/wall/wall-page.tsx").then((m) => ({ default: m.WallPage })));
const DevicePage = lazy(() =>
  import("./features/device/device-page.tsx").then((m) => ({ default: m.DevicePage })),
);
const ActionsPage = lazy(() =>
  import("./features/actions/actions-page.tsx").then((m) => ({ default: m.ActionsPage })),
);
const CustomersPage = lazy(() =>
  import("./features/customers/customers-page.tsx").then((m) => ({ default: m.CustomersPage })),
);
const CustomerPage = lazy(() =>
  import("./features/customers/customer-page.tsx").then((m) => ({ default: m.CustomerPage })),
);
const AlarmsPage = lazy(() =>
  import("./features/alarms/alarms-page.tsx").then((m) => ({ default: m.AlarmsPage })),
);
const AlarmPage = lazy(() =>
  import("./features/alarms/alarm-page.tsx").then((m) => ({ default: m.AlarmPage })),
);
const AvailabilityPage = lazy(() =>
  import("./features/availability/availability-page.tsx").then((m) => ({ default: m.AvailabilityPage })),
);
const KeysPage = lazy(() => import("./features/keys/keys-page.tsx").then((m) => ({ default: m.KeysPage })));
const TokensPage = lazy(() =>
  import("./features/tokens/tokens-page.tsx").then((m) => ({ default: m.TokensPage })),
);
const UsersPage = lazy(() =>
  import("./features/users/users-page.tsx").then((m) => ({ default: m.UsersPage })),
);
const AlarmRulesPage = lazy(() =>
  import("./features/alarm-rules/alarm-rules-page.tsx").then((m) => ({ default: m.AlarmRulesPage })),
);
const RuleEditorPage = lazy(() =>
  import("./features/alarm-rules/rule-editor-page.tsx").then((m) => ({ default: m.RuleEditorPage })),
);
const StatusPagePage = lazy(() =>
  import("./features/status-page/status-page-page.tsx").then((m) => ({ default: m.StatusPagePage })),
);
const OrganizationPage = lazy(() =>
  import("./features/organization/organization-page.tsx").then((m) => ({ default: m.OrganizationPage })),
);
const DownloadsPage = lazy(() =>
  import("./features/downloads/downloads-page.tsx").then((m) => ({ default: m.DownloadsPage })),
);
const ChannelsPage = lazy(() =>
  import("./features/channels/channels-page.tsx").then((m) => ({ default: m.ChannelsPage })),
);
const NotificationsPage = lazy(() =>
  import("./features/policies/notifications-page.tsx").then((m) => ({ default: m.NotificationsPage })),
);
const DeliveriesPage = lazy(() =>
  import("./features/deliveries/deliveries-page.tsx").then((m) => ({ default: m.DeliveriesPage })),
);
const MaintenancePage = lazy(() =>
  import("./features/maintenance/maintenance-page.tsx").then((m) => ({ default: m.MaintenancePage })),
);
const SilencesPage = lazy(() =>
  import("./features/silences/silences-page.tsx").then((m) => ({ default: m.SilencesPage })),
);
const AuditPage = lazy(() =>
  import("./features/audit/audit-page.tsx").then((m) => ({ default: m.AuditPage })),
);

const colorSchemeManager = localStorageColorSchemeManager({ key: "muster-color-scheme" });

export function App({ queryClient }: { queryClient: QueryClient }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      getStyleNonce={cspNonce}
    >
      <QueryClientProvider client={queryClient}>
        <TranslationsProvider>
          <ToastProvider>
            <Router base={basePath}>
              <Suspense fallback={null}>
                <Switch>
                  <Route path="/wall" component={WallPage} />
                  <Route path="/login" component={LoginPage} />
                  <Route path="/setup/:token">{({ token }) => <SetupPage token={token} />}</Route>
                  <Route>
                    <SessionGate>
                      <FleetListProvider>
                        <AlarmListProvider>
                          <BatchTracker>
                            <Shell>
                              <Pages />
                            </Shell>
                          </BatchTracker>
                        </AlarmListProvider>
                      </FleetListProvider>
                    </SessionGate>
                  </Route>
                </Switch>
              </Suspense>
            </Router>
          </ToastProvider>
        </TranslationsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Pages() {
  const [path] = useLocation();
  return (
    <ErrorBoundary resetKey={path}>
      <Suspense fallback={null}>
        <Switch>
          <Route path="/" component={FleetPage} />
          <Route path="/devices/:id">{({ id }) => <DevicePage id={id} />}</Route>
          <Route path="/alarms" component={AlarmsPage} />
          <Route path="/alarms/:id">{({ id }) => <AlarmPage id={id} />}</Route>
          <Route path="/actions" component={ActionsPage} />
          <Route path="/availability" component={AvailabilityPage} />
          <Route path="/customers" component={CustomersPage} />
          <Route path="/customers/:id">{({ id }) => <CustomerPage id={id} />}</Route>
          <Route path="/settings">
            <Redirect to="/settings/organization" replace />
          </Route>
          <Route path="/maintenance" component={MaintenancePage} />
          <Route path="/silences" component={SilencesPage} />
          <Route path="/settings/channels" component={ChannelsPage} />
          <Route path="/settings/notifications" component={NotificationsPage} />
          <Route path="/settings/deliveries" component={DeliveriesPage} />
          <Route path="/settings/keys" component={KeysPage} />
          <Route path="/settings/tokens" component={TokensPage} />
          <Route path="/settings/users" component={UsersPage} />
          <Route path="/settings/alarm-rules" component={AlarmRulesPage} />
          <Route path="/settings/alarm-rules/:id">{({ id }) => <RuleEditorPage key={id} id={id} />}</Route>
          <Route path="/settings/status-page" component={StatusPagePage} />
          <Route path="/settings/organization" component={OrganizationPage} />
          <Route path="/settings/downloads" component={DownloadsPage} />
          <Route path="/settings/audit" component={AuditPage} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

function NotFoundPage() {
  const { t } = useTranslations();
  usePageTitle(t("shell.state.notFound"));
  return (
    <MessageState
      icon={<SearchX size={26} />}
      title={t("shell.state.notFound")}
      text={t("shell.state.notFoundHint")}
      isPage
    >
      <Button component={Link} href="/" variant="default">
        {t("shell.state.toFleet")}
      </Button>
    </MessageState>
  );
}
