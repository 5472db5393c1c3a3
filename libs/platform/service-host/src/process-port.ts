/** What runService needs of its process, so that a spec can watch it end. */
export interface ProcessPort {
  onSignal(handler: (signal: string) => void): void;
  onCrash(handler: (error: unknown) => void): void;
  exit(code: number): void;
}

export const processPort: ProcessPort = {
  onSignal(handler) {
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => handler(signal));
  },
  onCrash(handler) {
    process.on('uncaughtException', handler);
    process.on('unhandledRejection', handler);
  },
  exit(code) {
    process.exit(code);
  },
};
