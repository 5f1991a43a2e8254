const UNIT_BYTES: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Reads `sysctl -n vm.swapusage`: "total = 2048.00M  used = 1024.25M  free = 1023.75M  (encrypted)". */
export function parseSwapUsage(text: string): { totalBytes: number; usedBytes: number } | undefined {
  const totalBytes = size(/total = ([\d.,]+)([KMG])/.exec(text));
  const usedBytes = size(/used = ([\d.,]+)([KMG])/.exec(text));
  return totalBytes === undefined || usedBytes === undefined ? undefined : { totalBytes, usedBytes };
}

function size(match: RegExpExecArray | null): number | undefined {
  const unit = UNIT_BYTES[match?.[2] ?? ""];
  const value = Number(match?.[1]?.replace(",", "."));
  return unit !== undefined && Number.isFinite(value) && value >= 0 && value < 1e9 ? value * unit : undefined;
}
