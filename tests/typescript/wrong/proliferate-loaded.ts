import type { Loaded } from "./envctl";
import type { Shape } from "./proliferate";

// Nobody has looked which provider it is.
export const unchecked = (env: Loaded<Shape>): string => env.E2B_API_KEY.reveal(); // error TS18048

// A secret is no text.
export const secret = (env: Loaded<Shape>): string => env.BETTER_AUTH_SECRET; // error TS2322

export const change = (env: Loaded<Shape>): number => (env.WEB_PORT = 1); // error TS2540
