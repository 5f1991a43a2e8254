import { useTranslations } from "../../i18n/translations.tsx";
import { Banner } from "../device/banner.tsx";

/** That the server sends no mails, and what an operator has to set. */
export function NoMailNote() {
  const { t } = useTranslations();
  return (
    <Banner state="warn">
      <span>
        <strong>{t("channels.noMail")}.</strong>{" "}
        {t("channels.noMailHint", { smtp: "MUSTER_SMTP_URL", from: "MUSTER_MAIL_FROM" })}
      </span>
    </Banner>
  );
}
