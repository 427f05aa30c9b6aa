import type { Env, PublicEnv } from "./proliferate";

// Nobody has looked which provider it is.
export const unchecked = (env: Env): string => env.E2B_API_KEY; // error TS2322

export function other(env: Env): string {
  if (env.DEFAULT_SANDBOX_PROVIDER === "modal") {
    return env.E2B_API_KEY; // error TS2322
  }
  return env.MODAL_TOKEN_ID; // error TS2322
}

// There is no such provider.
export const unknown = (env: Env): boolean => env.DEFAULT_SANDBOX_PROVIDER === "docker"; // error TS2367

// A number is no text, and a switch is neither.
export const port = (env: Env): string => env.WEB_PORT; // error TS2322
export const ci = (env: Env): string => env.CI; // error TS2322

// What may be missing may be missing.
export const dsn = (env: Env): string => env.NEXT_PUBLIC_SENTRY_DSN; // error TS2322

// A secret is nothing for a browser.
export const secret = (env: PublicEnv): string => env.DATABASE_URL; // error TS2339

// A misspelt name.
export const misspelt = (env: Env): string => env.DATABSE_URL; // error TS2551
