import { Hash, History, LayoutDashboard, type LucideIcon, Phone, PhoneCall, Route, ServerCog, Users, Voicemail } from 'lucide-react';

export interface Place {
  readonly to: '/' | '/users' | '/numbers' | '/dial-plan' | '/calls' | '/voicemail' | '/devices' | '/changes' | '/system';
  readonly label: string;
  readonly icon: LucideIcon;
  /** after G */
  readonly key: string;
  readonly gap?: boolean;
}

/** Only pages that exist; devices are phones, so P. */
export const PLACES: readonly Place[] = [
  { to: '/', label: 'Overview', icon: LayoutDashboard, key: 'o' },
  { to: '/users', label: 'Users', icon: Users, key: 'u', gap: true },
  { to: '/numbers', label: 'Numbers', icon: Hash, key: 'n' },
  { to: '/dial-plan', label: 'Dial plan', icon: Route, key: 'd' },
  { to: '/calls', label: 'Calls', icon: PhoneCall, key: 'c' },
  { to: '/voicemail', label: 'Voicemail', icon: Voicemail, key: 'v', gap: true },
  { to: '/devices', label: 'Devices', icon: Phone, key: 'p' },
  { to: '/changes', label: 'Changes', icon: History, key: 'h', gap: true },
  { to: '/system', label: 'System', icon: ServerCog, key: 's' },
];
