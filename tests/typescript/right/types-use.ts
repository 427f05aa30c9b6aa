import type { Env } from "./types";

/** A choice that nobody has to make. */
export function loud(env: Env): string {
  if (env.MODE === undefined) {
    return "";
  }
  return env.MODE === "very-loud" ? env.LOUD_KEY : env.MODE;
}

export function high(env: Env): string {
  return env.LEVEL === "High" ? env.HIGH_KEY : "";
}

export function numbers(env: Env): number {
  const maybe: number | "" | undefined = env.MAYBE_EMPTY;
  return env.COUNT + env.RATE + env.TTL + env.SIZE + env.LISTEN + (maybe || 0) + (env.PORTS[0] ?? 0);
}

export function items(env: Env): ("x" | "y")[] {
  return env.MODES;
}

export function off(env: Env): string {
  return env.SWITCH ? env.NEXT_PUBLIC_SITE_NAME : env.OFF_KEY;
}

export const shape = (env: Env): unknown => env.SHAPE;
