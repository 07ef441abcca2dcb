// Formats of the platform, each made once: making one takes a hundred times as long as using it, and a full log uses hundreds
// every second.

/** `make`, of which what it made for a key is kept. Keys are few: languages, zones, units. */
export function kept<Parts extends readonly (string | boolean)[], Format>(
  make: (...parts: Parts) => Format,
): (...parts: Parts) => Format {
  const made = new Map<string, Format>();
  return (...parts) => {
    const key = parts.join(' ');
    const found = made.get(key) ?? make(...parts);
    made.set(key, found);
    return found;
  };
}
