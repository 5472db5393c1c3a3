// Before the first paint, so that a dark choice never flashes light. A file, not inline: the page needs no unsafe-inline.
try {
  const theme = localStorage.getItem('sfs.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // storage is refused: follow the system
}
