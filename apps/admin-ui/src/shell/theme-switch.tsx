import { Moon, Sun, SunMoon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/controls.tsx';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const ICONS = { auto: SunMoon, light: Sun, dark: Moon } as const;
const KEY = 'sfs.theme';

/** light, dark or as the system; one button that goes round and says where it stands. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(readTheme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  const Icon = ICONS[theme];
  const choose = () => {
    setTheme(next);
    applyTheme(next);
  };
  return (
    <Button look="ghost" icon aria-label={`Theme: ${theme}. Change to ${next}`} title={`Theme: ${theme}`} onClick={choose}>
      <Icon aria-hidden />
    </Button>
  );
}

function readTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === stored) ?? 'auto';
}

function applyTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
