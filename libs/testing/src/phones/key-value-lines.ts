/** Reads a file as a phone does: `key = value` (Yealink) or `key=value` (AudioCodes), `#` and `;` begin comments, the last line of a key wins. */
export function keyValueLines(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const equals = line.indexOf('=');
    if (equals < 0 || /^\s*[#;]/.test(line)) continue;
    settings.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
  }
  return settings;
}

/** The files that a Yealink boot file names, in order: `include:config "FILE"` or `<FILE>` (Auto Provisioning Guide V81). */
export function includedFiles(bootFile: string): string[] {
  return [...bootFile.matchAll(/^[ \t]*include:config[ \t]+["<]([^">\r\n]+)[">]/gm)].flatMap(([, file]) => (file === undefined ? [] : [file.trim()]));
}
