/** `api.cache` of an Action: lives as long as its worker, which is best effort as with Auth0. */
export const createActionCache = () => {
  const entries = new Map<string, { value: string; expiresAt: number }>();
  return {
    get: (key: string): { value: string; expires_at: number } | undefined => {
      const entry = entries.get(key);
      if (!entry) {
        return undefined;
      }
      if (entry.expiresAt <= Date.now()) {
        entries.delete(key);
        return undefined;
      }
      return { value: entry.value, expires_at: entry.expiresAt };
    },
    set: (key: string, value: string, options?: { expires_at?: number; ttl?: number }) => {
      const expiresAt = options?.expires_at ?? Date.now() + (options?.ttl ?? 900_000);
      entries.set(key, { value: String(value), expiresAt });
      return { type: 'success' as const };
    },
    delete: (key: string) => {
      entries.delete(key);
      return { type: 'success' as const };
    },
  };
};
