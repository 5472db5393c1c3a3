/** Who lets phones register. Answers when the registrar has it, or after a moment: what it did not get is handed over later. */
export interface Registrar {
  credentialChanged(tenant: string, numberId: string): Promise<void>;
}

/** Nest's name for it. */
export const REGISTRAR = Symbol('Registrar');
