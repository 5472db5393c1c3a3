/** Everything that can be said, by name. */
export const PROMPTS: Readonly<Record<string, string>> = {};
