/** Most alarms of one request. Apart from the contract, so that a page needs no schemas for it. */
export const MAX_BULK_ALARMS = 500;
