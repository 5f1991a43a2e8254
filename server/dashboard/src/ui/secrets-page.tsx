import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { type ComponentProps, type ReactNode, useState } from "react";
import { useTranslations } from "../i18n/translations.tsx";
import { CodeLine } from "./code-line.tsx";
import classes from "./dialog-form.module.css";
import { Dialog } from "./dialog.tsx";
import { ListBody } from "./list-body.tsx";
import { MessageState } from "./message-state.tsx";
import { SettingsPage } from "./settings-page.tsx";

type SecretsPageProps<Row extends { id: string }, Created extends { secret: string }> = {
  texts: {
    title: string;
    intro: ReactNode;
    add: string;
    empty: string;
    emptyHint: string;
    created: string;
    secret: string;
  };
  icon: ReactNode;
  pages: ComponentProps<typeof ListBody<Row>>["pages"] & { items: readonly Row[] };
  columns: ComponentProps<typeof ListBody<Row>>["columns"];
  searchIn: (row: Row) => readonly (string | null)[];
  /** The dialog that creates a new one. */
  renderAdding: (dialog: { onClose: () => void; onCreated: (created: Created) => void }) => ReactNode;
  /** What is shown next to a new secret. */
  renderCreated?: (created: Created) => ReactNode;
  onChanged: () => void;
  children?: ReactNode;
};

/** A list of keys or tokens: each is created in a dialog, and its secret is shown once. */
export function SecretsPage<Row extends { id: string }, Created extends { secret: string }>({
  texts,
  icon,
  pages,
  columns,
  searchIn,
  renderAdding,
  renderCreated,
  onChanged,
  children,
}: SecretsPageProps<Row, Created>) {
  const [isAdding, setAdding] = useState(false);
  const [created, setCreated] = useState<Created | null>(null);
  return (
    <SettingsPage
      title={texts.title}
      intro={texts.intro}
      action={
        <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
          {texts.add}
        </Button>
      }
    >
      <ListBody
        label={texts.title}
        rows={pages.items}
        rowKey={({ id }) => id}
        columns={columns}
        searchIn={searchIn}
        pages={pages}
        empty={<MessageState icon={icon} title={texts.empty} text={texts.emptyHint} />}
      />
      {isAdding &&
        renderAdding({
          onClose: () => setAdding(false),
          onCreated(made) {
            setAdding(false);
            setCreated(made);
            onChanged();
          },
        })}
      {created && (
        <SecretDialog
          title={texts.created}
          label={texts.secret}
          secret={created.secret}
          onClose={() => setCreated(null)}
        >
          {renderCreated?.(created)}
        </SecretDialog>
      )}
      {children}
    </SettingsPage>
  );
}

type SecretDialogProps = {
  title: string;
  label: string;
  secret: string;
  onClose: () => void;
  children?: ReactNode;
};

/** Shows a new secret once, ready to copy. */
function SecretDialog({ title, label, secret, onClose, children }: SecretDialogProps) {
  const { t } = useTranslations();
  return (
    <Dialog title={title} size="lg" onClose={onClose}>
      <div className={classes.form}>
        <p style={{ margin: 0 }}>{t("settings.common.shownOnce")}</p>
        <div>
          <strong>{label}</strong>
          <CodeLine text={secret} label={t("shell.action.copy")} />
        </div>
        {children}
        <div className={classes.buttons}>
          <Button onClick={onClose}>{t("shell.action.close")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
