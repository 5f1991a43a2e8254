/** Why no action is accepted for a device, or handed to it, whoever asks. */
export type ActionBlock = "archived" | "held" | "approval-pending";

/** What decides whether a device may be acted on. */
export type ActionBlockFacts = { isArchived: boolean; isCloneSuspected: boolean; isApproved: boolean };

/** What keeps a device from being acted on; null when nothing does. A device is held while two machines use its credential. */
export function actionBlockOf({
  isArchived,
  isCloneSuspected,
  isApproved,
}: ActionBlockFacts): ActionBlock | null {
  if (isArchived) return "archived";
  if (isCloneSuspected) return "held";
  return isApproved ? null : "approval-pending";
}
