import { Menu, UnstyledButton } from "@mantine/core";
import { PanelLeftClose, PanelLeftOpen, Settings } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { readStored, writeStored } from "../../ui/browser-storage.ts";
import { Logo } from "../../ui/logo.tsx";
import { AlarmCount } from "../alarms/alarm-count.tsx";
import { useAlarmUpdates } from "../alarms/use-alarm-updates.ts";
import { useBrowserNotifications } from "../alarms/use-browser-notifications.ts";
import { readPushChoice } from "../push/push-choice.ts";
import { usePushLinks } from "../push/use-push-links.ts";
import { useSession } from "../session/session-context.tsx";
import { type Destination, destinationsFor, isOpen } from "./navigation.ts";
import railClasses from "./rail.module.css";
import { InvitationBar } from "./invitation-bar.tsx";
import { ScrollerContext } from "./scroller-context.ts";
import classes from "./shell.module.css";
import { TabState } from "./tab-state.tsx";
import { TopBar } from "./top-bar.tsx";

const BrowserNotifications = lazy(() =>
  import("../alarms/browser-notifications.tsx").then((m) => ({ default: m.BrowserNotifications })),
);

const PushKeeper = lazy(() =>
  import("../push/push-keeper.tsx").then((module) => ({ default: module.PushKeeper })),
);

const STORAGE_KEY = "muster-rail";

/** The frame of every page for signed-in people: rail, top bar, and one scrolling area. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslations();
  useAlarmUpdates();
  usePushLinks();
  const { isOn: hasNotifications } = useBrowserNotifications();
  const [hasPush] = useState(() => readPushChoice() !== null);
  const [isNarrow, setNarrow] = useState(() => readStored(STORAGE_KEY) === "narrow");
  const toggle = () => {
    writeStored(STORAGE_KEY, isNarrow ? "wide" : "narrow");
    setNarrow(!isNarrow);
  };
  return (
    <div className={classes.shell} data-narrow={isNarrow || undefined}>
      <a className={classes.skip} href="#content">
        {t("shell.skipToContent")}
      </a>
      <Rail isNarrow={isNarrow} onToggle={toggle} />
      <TopBar />
      <TabState />
      <Suspense fallback={null}>
        {hasPush && <PushKeeper />}
        {hasNotifications && <BrowserNotifications />}
      </Suspense>
      <Content>{children}</Content>
    </div>
  );
}

/** Apart from the frame, which would render again when the element is known. */
function Content({ children }: { children: ReactNode }) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  return (
    <main id="content" ref={setScroller} className={classes.content} tabIndex={-1}>
      <InvitationBar />
      <ScrollerContext value={scroller}>{children}</ScrollerContext>
    </main>
  );
}

/** Navigation: a column at the left, a bar at the bottom of a phone. Shows only what the role may open. */
function Rail({ isNarrow, onToggle }: { isNarrow: boolean; onToggle: () => void }) {
  const { t } = useTranslations();
  const shown = destinationsFor(useSession());
  const settings = shown.filter(({ group }) => group === "settings");
  const label = t(isNarrow ? "shell.nav.expand" : "shell.nav.collapse");
  return (
    <nav
      data-print="hidden"
      className={railClasses.rail}
      data-narrow={isNarrow || undefined}
      aria-label={t("shell.nav.label")}
    >
      <Link href="/" className={railClasses.brand}>
        <Logo />
        <span className={railClasses.word}>{t("shell.product")}</span>
      </Link>
      {shown
        .filter(({ group }) => group === "main")
        .map((destination) => (
          <RailLink key={destination.name} destination={destination} isNarrow={isNarrow} />
        ))}
      <p className={railClasses.group}>{t("shell.nav.settings")}</p>
      <div className={railClasses.settings}>
        {settings.map((destination) => (
          <RailLink key={destination.name} destination={destination} isNarrow={isNarrow} />
        ))}
      </div>
      <SettingsMenu destinations={settings} />
      <UnstyledButton className={railClasses.toggle} onClick={onToggle} aria-label={label} title={label}>
        {isNarrow ? <PanelLeftOpen size={18} /> : <PanelLeftClose size={18} />}
      </UnstyledButton>
    </nav>
  );
}

function RailLink({ destination, isNarrow }: { destination: Destination; isNarrow: boolean }) {
  const { t } = useTranslations();
  const [path] = useLocation();
  const Icon = destination.icon;
  const name = t(`shell.nav.${destination.name}`);
  return (
    <Link
      href={destination.path}
      className={railClasses.link}
      aria-current={isOpen(destination, path) ? "page" : undefined}
      title={isNarrow ? name : undefined}
    >
      <Icon size={18} aria-hidden="true" />
      <span className={railClasses.word}>{name}</span>
      {destination.name === "alarms" && <AlarmCount />}
    </Link>
  );
}

/** On a phone the settings are one entry of the bar. */
function SettingsMenu({ destinations }: { destinations: readonly Destination[] }) {
  const { t } = useTranslations();
  const [path] = useLocation();
  return (
    <Menu position="top-end">
      <Menu.Target>
        <UnstyledButton
          className={`${railClasses.link} ${railClasses.settingsMenu}`}
          data-open={destinations.some((destination) => isOpen(destination, path)) || undefined}
        >
          <Settings size={18} aria-hidden="true" />
          <span className={railClasses.word}>{t("shell.nav.settings")}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {destinations.map(({ name, path: href, icon: Icon }) => (
          <Menu.Item key={name} component={Link} href={href} leftSection={<Icon size={16} />}>
            {t(`shell.nav.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
