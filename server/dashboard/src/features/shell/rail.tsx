import { Menu, UnstyledButton } from "@mantine/core";
import { PanelLeftClose, PanelLeftOpen, Settings } from "lucide-react";
import { Link, useLocation } from "wouter";
import { useWords } from "../../i18n/words.tsx";
import { Mark } from "../../ui/mark.tsx";
import { useSession } from "../session/session-context.tsx";
import { DESTINATIONS, type Destination, isOpen } from "./navigation.ts";
import classes from "./rail.module.css";

/** Navigation: a column at the left, a bar at the bottom of a phone. Shows only what the role may open. */
export function Rail({ isNarrow, onToggle }: { isNarrow: boolean; onToggle: () => void }) {
  const { t } = useWords();
  const { may } = useSession();
  const shown = DESTINATIONS.filter(({ least }) => may(least));
  const settings = shown.filter(({ group }) => group === "settings");
  const label = t(isNarrow ? "shell.nav.expand" : "shell.nav.collapse");
  return (
    <nav className={classes.rail} data-narrow={isNarrow || undefined} aria-label={t("shell.nav.label")}>
      <Link href="/" className={classes.brand}>
        <Mark />
        <span className={classes.word}>{t("shell.product")}</span>
      </Link>
      {shown
        .filter(({ group }) => group === "main")
        .map((destination) => (
          <RailLink key={destination.name} destination={destination} isNarrow={isNarrow} />
        ))}
      <p className={classes.group}>{t("shell.nav.settings")}</p>
      <div className={classes.settings}>
        {settings.map((destination) => (
          <RailLink key={destination.name} destination={destination} isNarrow={isNarrow} />
        ))}
      </div>
      <SettingsMenu destinations={settings} />
      <UnstyledButton className={classes.toggle} onClick={onToggle} aria-label={label} title={label}>
        {isNarrow ? <PanelLeftOpen size={18} /> : <PanelLeftClose size={18} />}
      </UnstyledButton>
    </nav>
  );
}

function RailLink({ destination, isNarrow }: { destination: Destination; isNarrow: boolean }) {
  const { t } = useWords();
  const [path] = useLocation();
  const Icon = destination.icon;
  const name = t(`shell.nav.${destination.name}`);
  return (
    <Link
      href={destination.path}
      className={classes.link}
      aria-current={isOpen(destination, path) ? "page" : undefined}
      title={isNarrow ? name : undefined}
    >
      <Icon size={18} aria-hidden="true" />
      <span className={classes.word}>{name}</span>
    </Link>
  );
}

/** On a phone the settings are one entry of the bar. */
function SettingsMenu({ destinations }: { destinations: readonly Destination[] }) {
  const { t } = useWords();
  const [path] = useLocation();
  return (
    <Menu position="top-end">
      <Menu.Target>
        <UnstyledButton
          className={`${classes.link} ${classes.settingsMenu}`}
          data-open={destinations.some((destination) => isOpen(destination, path)) || undefined}
        >
          <Settings size={18} aria-hidden="true" />
          <span className={classes.word}>{t("shell.nav.settings")}</span>
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
