import type { Env as Proliferate } from "./proliferate_stack";
import type { Env as Dome } from "./dome_stack";
import type { Env as Tally } from "./tally_stack";

export function database(stack: Proliferate): string {
  return stack.enableRds ? stack.dbPassword : stack.databaseUrlOverride;
}

export const region = (stack: Proliferate): string => stack["aws:region"];
export const account = (stack: Dome): string => stack["cloudflare:accountId"];
export const token = (stack: Tally): string => stack["vercel:apiToken"];
