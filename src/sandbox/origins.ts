/** Where every part of the sandbox listens; origins without a slash at the end. */
export type SandboxOrigins = {
  agents: string;
  customers: string;
  https: string;
  backend: string;
  shop: string;
  desk: string;
  crm: string;
};
