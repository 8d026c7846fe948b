/** Texts by name, as the configuration maps them from tokens and `app_metadata` for the company's rules. */
export type PolicyAttributes = Readonly<Record<string, string>>;
