/** A text as searches compare it, here as on the server: in any case, every Turkish i a plain one. */
export function folded(text: string): string {
  return text.trim().toLowerCase().replaceAll('\u0307', '').replaceAll('ı', 'i');
}
