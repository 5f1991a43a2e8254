import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, Languages, LockKeyhole, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { chooseOrganization } from "../../api/session.ts";
import { changeLanguage, currentLanguage, LANGUAGE_NAMES } from "../../i18n/i18n.ts";
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
  const { t } = useTranslation();
  const { user, role } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const [isChangingPassword, setChangingPassword] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={240} closeOnItemClick={false}>
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
          {(["en", "fr"] as const).map((language) => (
            <Menu.Item
              key={language}
              lang={language}
              leftSection={<Languages size={16} />}
              rightSection={currentLanguage() === language && <Check size={16} />}
              aria-current={currentLanguage() === language}
              onClick={() => void changeLanguage(language)}
            >
              {LANGUAGE_NAMES[language]}
            </Menu.Item>
          ))}
          <Menu.Label>{t("shell.user.scheme")}</Menu.Label>
          {SCHEMES.map(({ value, key, icon: Icon }) => (
            <Menu.Item
              key={value}
              leftSection={<Icon size={16} />}
              rightSection={colorScheme === value && <Check size={16} />}
              aria-current={colorScheme === value}
              onClick={() => setColorScheme(value)}
            >
              {t(`shell.user.${key}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            closeMenuOnClick
            leftSection={<LockKeyhole size={16} />}
            onClick={() => setChangingPassword(true)}
          >
            {t("shell.user.changePassword")}
          </Menu.Item>
          <Menu.Item closeMenuOnClick leftSection={<LogOut size={16} />} onClick={() => signOut.mutate()}>
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
