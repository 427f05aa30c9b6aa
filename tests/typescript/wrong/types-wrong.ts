import type { Env } from "./types";

export function loud(env: Env): string {
  return env.MODE === "quiet" ? env.LOUD_KEY : ""; // error TS2322
}

// Two variables decide: what both say is in the comment.
export function either(env: Env): string {
  return env.LEVEL === "High" ? env.EITHER_KEY : ""; // error TS2322
}

// A comparison of numbers decides.
export const big = (env: Env): string => (env.COUNT > 10 ? env.BIG_KEY : ""); // error TS2322
