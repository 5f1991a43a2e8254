import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { Button, Kbd, Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { LANGUAGE_CODES, LANGUAGES } from "@muster/shared/i18n/languages.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  BellRing,
  Check,
  ChevronsUpDown,
  Keyboard,
  LockKeyhole,
  LogOut,
  Monitor,
  Moon,
  Search,
  Sun,
} from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useLocation } from "wouter";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { forgetDrafts } from "../../ui/drafts/drafts.ts";
import { chooseOrganization } from "../../api/session.ts";
import { useLive } from "../../api/stream/live.tsx";
import { changeLanguage, currentLanguage } from "../../i18n/i18n.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { Logo } from "../../ui/logo.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { readPushChoice } from "../push/push-choice.ts";
import { useSession } from "../session/session-context.tsx";
import { forgetOfflineFigures } from "./offline-figures.ts";
import liveIndicatorClasses from "./live-indicator.module.css";
import organizationSwitcherClasses from "./organization-switcher.module.css";
import classes from "./top-bar.module.css";
import userMenuClasses from "./user-menu.module.css";

const SearchPalette = lazy(() =>
  import("./search-palette.tsx").then((module) => ({ default: module.SearchPalette })),
);

const ShortcutsDialog = lazy(() =>
  import("./shortcuts-dialog.tsx").then((module) => ({ default: module.ShortcutsDialog })),
);

const ActionDialog = lazy(() =>
  import("../actions/action-dialog.tsx").then((module) => ({ default: module.ActionDialog })),
);

export function TopBar() {
  const { t } = useTranslations();
  const [isSearching, setSearching] = useState(false);
  const [hasHelp, setHelp] = useState(false);
  const [acting, setActing] = useState<{ type: ActionType; device: DeviceSummary } | null>(null);
  useShortcuts({ "ctrl+k": () => setSearching(true), "?": () => setHelp(true) });
  return (
    <header className={classes.bar} data-print="hidden">
      <span className={classes.mark}>
        <Logo />
      </span>
      <OrganizationSwitcher />
      <UnstyledButton
        className={classes.search}
        onClick={() => setSearching(true)}
        aria-keyshortcuts="Control+K"
      >
        <Search size={16} aria-hidden="true" />
        <span>{t("shell.search.open")}</span>
        <Kbd aria-hidden="true">{t("shell.search.keys")}</Kbd>
      </UnstyledButton>
      <LiveIndicator />
      <UserMenu onShortcuts={() => setHelp(true)} />
      {hasHelp && (
        <Suspense fallback={null}>
          <ShortcutsDialog onClose={() => setHelp(false)} />
        </Suspense>
      )}
      {acting && (
        <Suspense fallback={null}>
          <ActionDialog
            devices={[acting.device]}
            type={acting.type}
            onDone={() => setActing(null)}
            onClose={() => setActing(null)}
          />
        </Suspense>
      )}
      {isSearching && (
        <Suspense fallback={null}>
          <SearchPalette
            onClose={() => setSearching(false)}
            onAct={(type, device) => setActing({ type, device })}
          />
        </Suspense>
      )}
    </header>
  );
}

/** Whether what is shown follows the server: a disc while live, a ring when not, always with the word. */
function LiveIndicator() {
  const { t } = useTranslations();
  const formats = useFormats();
  const { connection } = useLive();
  const text =
    connection.state === "offline"
      ? t("shell.live.offlineSince", { time: formats.clock(connection.since) })
      : t(`shell.live.${connection.state}`);
  const isDown = connection.state === "offline" || connection.state === "reconnecting";
  return (
    <span
      className={liveIndicatorClasses.live}
      data-state={connection.state}
      role="status"
      title={t(isDown ? "shell.live.hintDown" : "shell.live.hintLive")}
    >
      <i aria-hidden="true" />
      <span>{text}</span>
    </span>
  );
}

/** Changes the organization of this page; shown only to people who belong to several. */
function OrganizationSwitcher() {
  const { t } = useTranslations();
  const { memberships, organization } = useSession();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  if (memberships.length < 2) return null;
  const nameOf = (name: string | null) => name ?? t("shell.organization.unnamed");

  function change(id: string) {
    if (id === organization.id) return;
    chooseOrganization(id);
    navigate("/");
    void queryClient.resetQueries();
  }

  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          h={34}
          px={10}
          className={organizationSwitcherClasses.button}
          rightSection={<ChevronsUpDown size={14} />}
          aria-label={`${t("shell.organization.switch")}: ${nameOf(organization.name)}`}
          title={nameOf(organization.name)}
        >
          <bdi>{nameOf(organization.name)}</bdi>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={organizationSwitcherClasses.list}>
        {memberships.map(({ organizationId, organizationName }) => (
          <Menu.Item
            key={organizationId}
            aria-current={organizationId === organization.id}
            rightSection={organizationId === organization.id && <Check size={16} />}
            onClick={() => change(organizationId)}
          >
            <bdi>{nameOf(organizationName)}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const PasswordDialog = lazy(() =>
  import("./password-dialog.tsx").then((module) => ({ default: module.PasswordDialog })),
);

const PushDialog = lazy(() =>
  import("../push/push-dialog.tsx").then((module) => ({ default: module.PushDialog })),
);

const SCHEMES = [
  { value: "auto", key: "schemeAuto", icon: Monitor },
  { value: "light", key: "schemeLight", icon: Sun },
  { value: "dark", key: "schemeDark", icon: Moon },
] as const;

function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslations();
  const { user, role } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const [open, setOpen] = useState<"push" | "password" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <UnstyledButton
            className={userMenuClasses.avatar}
            aria-label={t("shell.user.menu", { name: user.name })}
            title={user.name}
          >
            {initials(user.name)}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={userMenuClasses.person}>
            <strong title={user.name}>{user.name}</strong>
            <span title={user.email}>{user.email}</span>
            <span>{t(`states.role.${role}`)}</span>
          </div>
          <Menu.Divider />
          <Menu.Label>{t("shell.user.language")}</Menu.Label>
          <Menu.RadioGroup value={currentLanguage()}>
            {LANGUAGE_CODES.map((language) => (
              <Menu.RadioItem
                key={language}
                value={language}
                lang={language}
                onChange={() => void changeLanguage(language)}
              >
                {LANGUAGES[language]}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Label>{t("shell.user.scheme")}</Menu.Label>
          <Menu.RadioGroup value={colorScheme}>
            {SCHEMES.map(({ value, key, icon: Icon }) => (
              <Menu.RadioItem
                key={value}
                value={value}
                rightSection={<Icon size={16} />}
                onChange={() => setColorScheme(value)}
              >
                {t(`shell.user.${key}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<Keyboard size={16} />} onClick={onShortcuts}>
            {t("shell.shortcuts.title")}
          </Menu.Item>
          <Menu.Item leftSection={<BellRing size={16} />} onClick={() => setOpen("push")}>
            {t("push.title")}
          </Menu.Item>
          <Menu.Item leftSection={<LockKeyhole size={16} />} onClick={() => setOpen("password")}>
            {t("shell.user.changePassword")}
          </Menu.Item>
          <Menu.Item leftSection={<LogOut size={16} />} onClick={() => signOut.mutate()}>
            {t("shell.user.signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {open === "push" && <PushDialog onClose={close} />}
        {open === "password" && <PasswordDialog onClose={close} />}
      </Suspense>
    </>
  );
}

function useSignOut() {
  const { organization } = useSession();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation({
    async mutationFn() {
      // While the session lasts: the server forgets the browser too.
      if (readPushChoice() !== null) {
        const { leavePush } = await import("../push/push-switching.ts");
        await leavePush(organization.id);
      }
      return callApi("nothing", paths.logout, { method: "POST" });
    },
    onSuccess: () => {
      chooseOrganization(null);
      forgetDrafts();
      forgetOfflineFigures();
      queryClient.clear();
      navigate("/login");
    },
  });
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0]);
  return letters.join("").toUpperCase() || "?";
}
