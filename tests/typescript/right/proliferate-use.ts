import type { Env, PublicEnv } from "./proliferate";

/** A choice tells what is there. */
export function key(env: Env): string {
  if (env.DEFAULT_SANDBOX_PROVIDER === "e2b") {
    return env.E2B_API_KEY + env.E2B_DOMAIN;
  }
  return env.MODAL_TOKEN_SECRET;
}

/** So does each of several that ask for the same. */
export function mail(env: Env): string | undefined {
  if (env.EMAIL_ENABLED) {
    return env.EMAIL_FROM;
  }
  if (env.DEPLOYMENT_PROFILE === "cloud") {
    return env.EMAIL_FROM + env.S3_BUCKET;
  }
  switch (env.NEXT_PUBLIC_ENFORCE_EMAIL_VERIFICATION) {
    case true:
      return env.RESEND_API_KEY;
    case false:
      return env.RESEND_API_KEY;
  }
}

/** A switch that is off can ask for something too. */
export function app(env: Env): string {
  return env.NEXT_PUBLIC_USE_NANGO_GITHUB ? "" : env.GITHUB_APP_PRIVATE_KEY;
}

/** What is public can be handed on, and still tells what is there. */
export function page(env: Env): PublicEnv {
  return env;
}

export function slug(env: PublicEnv): string {
  return env.NEXT_PUBLIC_USE_NANGO_GITHUB ? "" : env.NEXT_PUBLIC_GITHUB_APP_SLUG;
}

export const port = (env: Env): number => env.WEB_PORT + env.SANDBOX_TIMEOUT_SECONDS;

/** Texts of a process, without the types of Node. */
export const database = (env: NodeJS.ProcessEnv): string => env.DATABASE_URL;
