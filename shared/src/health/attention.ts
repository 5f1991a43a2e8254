// The rules themselves need no zod, which an agent must not load to know what needs a person.
export { Attention, AttentionLevel, AttentionReason } from "./attention-reasons.ts";
export { ATTENTION_HOLD_MS, type AttentionInput, attentionOf } from "./attention-rules.ts";
