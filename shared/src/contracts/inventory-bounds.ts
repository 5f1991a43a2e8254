// Apart from the schema: the agent cuts its lists to these, and must not load zod for it.
export const MAX_MEMORY_MODULES = 64;
export const MAX_GPUS = 16;
