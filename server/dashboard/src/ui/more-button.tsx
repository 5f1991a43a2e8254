import { Button } from "@mantine/core";
import { useTranslations } from "../i18n/translations.tsx";
import classes from "./row-list.module.css";

type MoreButtonProps = {
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
};

/** Below a list that has further pages. */
export function MoreButton({ pages }: MoreButtonProps) {
  const { t } = useTranslations();
  if (!pages.hasNextPage) return null;
  return (
    <div className={classes.more}>
      <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {t("shell.action.loadMore")}
      </Button>
    </div>
  );
}
