import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { LANGUAGE_CODES, LANGUAGES } from "@muster/shared/i18n/languages.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { LockKeyhole, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useLocation } from "wouter";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { chooseOrganization } from "../../api/session.ts";
import { changeLanguage, currentLanguage } from "../../i18n/i18n.ts";
import { useWords } from "../../i18n/words.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./user-menu.module.css";

const PasswordDialog = lazy(() =>
  import("./password-dialog.tsx").then((module) => ({ default: module.PasswordDialog })),
);

const SCHEMES = [
  { value: "auto", key: "schemeAuto", icon: Monitor },
  { value: "light", key: "schemeLight", icon: Sun },
  { value: "dark", key: "schemeDark", icon: Moon },
] as const;

export function UserMenu() {
  const { t } = useWords();
  const { user, role } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const [isChangingPassword, setChangingPassword] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <UnstyledButton
            className={classes.avatar}
            aria-label={t("shell.user.menu", { name: user.name })}
            title={user.name}
          >
            {initials(user.name)}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.person}>
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
          <Menu.Item leftSection={<LockKeyhole size={16} />} onClick={() => setChangingPassword(true)}>
            {t("shell.user.changePassword")}
          </Menu.Item>
          <Menu.Item leftSection={<LogOut size={16} />} onClick={() => signOut.mutate()}>
            {t("shell.user.signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChangingPassword && (
        <Suspense fallback={null}>
          <PasswordDialog onClose={() => setChangingPassword(false)} />
        </Suspense>
      )}
    </>
  );
}

function useSignOut() {
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: () => callApi("nothing", paths.logout, { method: "POST" }),
    onSuccess: () => {
      chooseOrganization(null);
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
