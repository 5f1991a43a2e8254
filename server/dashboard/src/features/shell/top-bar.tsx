import { Kbd, UnstyledButton } from "@mantine/core";
import { Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import { Mark } from "../../ui/mark.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { LiveIndicator } from "./live-indicator.tsx";
import { OrganizationSwitcher } from "./organization-switcher.tsx";
import classes from "./top-bar.module.css";
import { UserMenu } from "./user-menu.tsx";

const SearchPalette = lazy(() =>
  import("./search-palette.tsx").then((module) => ({ default: module.SearchPalette })),
);

export function TopBar() {
  const { t } = useWords();
  const [isSearching, setSearching] = useState(false);
  useShortcuts({ "ctrl+k": () => setSearching(true) });
  return (
    <header className={classes.bar}>
      <span className={classes.mark}>
        <Mark />
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
      <UserMenu />
      {isSearching && (
        <Suspense fallback={null}>
          <SearchPalette onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </header>
  );
}
