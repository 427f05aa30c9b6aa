import type { Loaded } from "./envctl";
import type { Shape } from "./proliferate";

/** What the npm package gives: a choice tells what is there, and a secret is had by asking for it. */
export function key(env: Loaded<Shape>): string {
  if (env.DEFAULT_SANDBOX_PROVIDER === "e2b") {
    return env.E2B_API_KEY.reveal() + env.E2B_DOMAIN;
  }
  return env.MODAL_TOKEN_SECRET.reveal();
}

/** Numbers and switches are such; a whole number without bounds may be beyond those of JavaScript. */
export const port = (env: Loaded<Shape>): number => Number(env.WEB_PORT) + (env.EMAIL_ENABLED ? 1 : 0);
