import type { DeviceFault } from "@muster/shared/contracts/report.ts";
import type { MemoryReading } from "../platform/ports.ts";

/**
 * Memory as far as its numbers agree, and what contradicts itself: some containers see the host's available memory below their own
 * limit, or more swap in use than there is.
 */
export function settleMemory(reading: MemoryReading): { reading: MemoryReading; faults: DeviceFault[] } {
  const { totalBytes, availableBytes, swapTotalBytes, swapUsedBytes } = reading;
  const faults: DeviceFault[] = [];
  const contradiction = (subject: string, detail: string) =>
    void faults.push({ kind: "contradiction", subject, detail });
  if (availableBytes > totalBytes) contradiction("memory", "more is available than there is");
  if (swapUsedBytes > swapTotalBytes && swapTotalBytes > 0)
    contradiction("swap", "more is in use than there is");
  return {
    reading: {
      totalBytes,
      availableBytes: Math.min(availableBytes, totalBytes),
      swapTotalBytes,
      swapUsedBytes: Math.min(swapUsedBytes, swapTotalBytes),
    },
    faults,
  };
}
