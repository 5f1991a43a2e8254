/** Stands for the server's own mails to users where a message names a channel. */
export const MAIL_CHANNEL = "mail";
