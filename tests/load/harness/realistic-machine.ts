import type { Sample } from "@muster/shared/contracts/metric.ts";
import { createRandom } from "../../harness/random.ts";

/** A machine whose values move like a real one's: drifting, bursting, idle at night. `next` gives its sample at `at`. */
export type RealisticMachine = { next(at: number): Sample };

/** How many instances a machine has labelled series of. */
export type InstanceCounts = { fileSystems: number; interfaces: number };

/** Different seeds give different machines; the same seed repeats a run. */
export function createRealisticMachine(seed: number, instances?: InstanceCounts): RealisticMachine {
  const random = createRandom(seed);
  const normal = () => random() + random() + random() + random() - 2;
  const busy = 2 + 30 * random() ** 2;
  const traffic = 200 * 10 ** (2 * random());
  let memory = 25 + 50 * random();
  let disk = 20 + 70 * random();
  let temperature = 38 + 15 * random();
  let load = busy / 25;
  let burst = 0;
  const used = Array.from({ length: instances?.fileSystems ?? 0 }, () => 90 * random());

  function rate(scale: number): number {
    return random() < 0.15 ? 0 : Math.round(scale * Math.exp(1.2 * normal()) * (1 + burst * 20));
  }

  function seriesOf(interfaces: number): NonNullable<Sample["series"]> {
    for (const [index, before] of used.entries())
      used[index] = clamp(before + (random() < 0.05 ? 0.02 * normal() : 0), 5, 99);
    const counts = Array.from({ length: interfaces }, (_, index) => index);
    return {
      fileSystem: {
        names: used.map((_, index) => `/srv/${index}`),
        used: used.map((percent) => digits(percent, 1)),
        free: used.map((percent) => Math.round((100 - percent) * 5e9)),
      },
      networkInterface: {
        names: counts.map((index) => `eth${index}`),
        in: counts.map(() => rate(traffic / 2)),
        out: counts.map(() => rate(traffic / 5)),
      },
    };
  }

  return {
    next(at) {
      const hour = (at / 3_600_000) % 24;
      const day = 0.4 + 0.6 * Math.max(0, Math.sin(((hour - 6) / 12) * Math.PI));
      burst = random() < 0.02 ? random() : burst * 0.6;
      const cpu = clamp(busy * day * Math.exp(0.35 * normal()) + 70 * burst, 0.2, 100);
      load += (cpu / 25 - load) * 0.4;
      memory = clamp(memory + 0.15 * normal() + burst * 0.5 - 0.01, 10, 98);
      disk = clamp(disk + (random() < 0.05 ? 0.02 * normal() : 0), 5, 99);
      temperature += (40 + cpu / 3 - temperature) * 0.2 + 0.3 * normal();
      return {
        at,
        cpu: digits(cpu, 1),
        memory: digits(memory, 1),
        swap: 0,
        disk: digits(disk, 1),
        diskFree: Math.round((100 - disk) * 5e9),
        load: digits(Math.max(0, load + 0.02 * normal()), 2),
        netIn: rate(traffic * day),
        netOut: rate(traffic * day * 0.4),
        diskRead: random() < 0.7 ? 0 : rate(20_000),
        diskWrite: rate(30_000 * day),
        temperature: digits(temperature, 1),
        battery: 100,
        ...(instances && { series: seriesOf(instances.interfaces) }),
      };
    },
  };
}

function digits(value: number, count: number): number {
  return Math.round(value * 10 ** count) / 10 ** count;
}

function clamp(value: number, least: number, greatest: number): number {
  return Math.min(greatest, Math.max(least, value));
}
