/** A number's id within its tenant. */
export function dnId(key: { readonly switchId: string; readonly number: string }): string {
  return `${key.switchId}/${key.number}`;
}
