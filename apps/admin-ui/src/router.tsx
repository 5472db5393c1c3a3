import type { Session } from '@sfs/rest-contract';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, parseSearchWith, redirect, retainSearchParams, stringifySearchWith } from '@tanstack/react-router';
import { sessionQuery } from './features/session/session.api.ts';
import { SignInPage } from './features/session/sign-in.page.tsx';
import { AppShell } from './shell/app-shell.tsx';
import { NotFound, PageFault, PageNotFound, ShellFault } from './shell/page-fault.tsx';

interface Context {
  readonly client: QueryClient;
}

const text = (value: unknown): string | undefined => ((typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined);

/** Reads the named search parameters as text, though the router makes numbers of digits; an empty one is no parameter. */
const search =
  <K extends string>(...keys: readonly K[]) =>
  (raw: Record<string, unknown>): { readonly [key in K]?: string } =>
    Object.fromEntries(keys.flatMap((key) => (text(raw[key]) === undefined ? [] : [[key, text(raw[key])]]))) as { readonly [key in K]?: string };

async function signedIn(client: QueryClient, href: string): Promise<Session> {
  const session = await client.ensureQueryData(sessionQuery);
  if (!session || session.mustChangePassword) throw redirect({ to: '/sign-in', search: href === '/' ? {} : { to: href } });
  return session;
}

const rootRoute = createRootRouteWithContext<Context>()({ component: Outlet, errorComponent: ShellFault, notFoundComponent: NotFound });

const signInSearch = search('to');
const scopeSearch = search('switch');

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  errorComponent: ShellFault,
  beforeLoad: ({ context }) => context.client.ensureQueryData(sessionQuery),
  component: SignInPage,
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  errorComponent: ShellFault,
  validateSearch: scopeSearch,
  search: { middlewares: [retainSearchParams(['switch'])] },
  beforeLoad: async ({ context, location }) => {
    const session = await signedIn(context.client, location.href);
    if (session.role !== 'administrator') throw redirect({ to: '/my' });
    return { session };
  },
  component: function App() {
    const { session } = appRoute.useRouteContext();
    return <AppShell session={session} />;
  },
});

const page = { getParentRoute: () => appRoute } as const;
const overviewRoute = createRoute({ ...page, path: '/', component: lazyRouteComponent(() => import('./features/overview/overview.page.tsx'), 'OverviewPage') });
const usersRoute = createRoute({ ...page, path: '/users', validateSearch: search('q', 'page'), component: lazyRouteComponent(() => import('./features/users/users.page.tsx'), 'UsersPage') });
const newUserRoute = createRoute({ ...page, path: '/users/new', component: lazyRouteComponent(() => import('./features/users/new-user.page.tsx'), 'NewUserPage') });
const userRoute = createRoute({ ...page, path: '/users/$id', validateSearch: search('section'), component: lazyRouteComponent(() => import('./features/users/user.page.tsx'), 'UserPage') });
const numbersRoute = createRoute({ ...page, path: '/numbers', validateSearch: search('q', 'page'), component: lazyRouteComponent(() => import('./features/numbers/numbers.page.tsx'), 'NumbersPage') });
const newNumberRoute = createRoute({ ...page, path: '/numbers/new', validateSearch: search('user'), component: lazyRouteComponent(() => import('./features/numbers/new-number.page.tsx'), 'NewNumberPage') });
const numberRoute = createRoute({ ...page, path: '/numbers/$switchId/$number', component: lazyRouteComponent(() => import('./features/numbers/number.page.tsx'), 'NumberPage') });
const dialPlanRoute = createRoute({ ...page, path: '/dial-plan', validateSearch: search('tab', 'partition', 'profile'), component: lazyRouteComponent(() => import('./features/dial-plan/dial-plan.page.tsx'), 'DialPlanPage') });
const callsRoute = createRoute({ ...page, path: '/calls', validateSearch: search('q', 'page'), component: lazyRouteComponent(() => import('./features/calls/decisions.page.tsx'), 'DecisionsPage') });
const testRoute = createRoute({ ...page, path: '/calls/test', validateSearch: search('from', 'to', 'origin', 'target'), component: lazyRouteComponent(() => import('./features/calls/test-call.page.tsx'), 'TestCallPage') });
const explainRoute = createRoute({ ...page, path: '/calls/explain', validateSearch: search('call'), component: lazyRouteComponent(() => import('./features/calls/explain.page.tsx'), 'ExplainPage') });
const mailboxesRoute = createRoute({ ...page, path: '/voicemail', validateSearch: search('q', 'page'), component: lazyRouteComponent(() => import('./features/voicemail/mailboxes.page.tsx'), 'MailboxesPage') });
const newMailboxRoute = createRoute({ ...page, path: '/voicemail/new', validateSearch: search('user', 'number'), component: lazyRouteComponent(() => import('./features/voicemail/new-mailbox.page.tsx'), 'NewMailboxPage') });
const mailboxRoute = createRoute({ ...page, path: '/voicemail/$number', validateSearch: search('tab'), component: lazyRouteComponent(() => import('./features/voicemail/mailbox.page.tsx'), 'MailboxPage') });
const devicesRoute = createRoute({ ...page, path: '/devices', validateSearch: search('q', 'state', 'page'), component: lazyRouteComponent(() => import('./features/devices/devices.page.tsx'), 'DevicesPage') });
const newDeviceRoute = createRoute({ ...page, path: '/devices/new', validateSearch: search('mac', 'number'), component: lazyRouteComponent(() => import('./features/devices/new-device.page.tsx'), 'NewDevicePage') });
const deviceProfilesRoute = createRoute({ ...page, path: '/devices/profiles', component: lazyRouteComponent(() => import('./features/devices/profiles.page.tsx'), 'DeviceProfilesPage') });
const newDeviceProfileRoute = createRoute({ ...page, path: '/devices/profiles/new', component: lazyRouteComponent(() => import('./features/devices/new-profile.page.tsx'), 'NewDeviceProfilePage') });
const deviceProfileRoute = createRoute({ ...page, path: '/devices/profiles/$id', component: lazyRouteComponent(() => import('./features/devices/profile.page.tsx'), 'DeviceProfilePage') });
const deviceRoute = createRoute({ ...page, path: '/devices/$mac', validateSearch: search('tab'), component: lazyRouteComponent(() => import('./features/devices/device.page.tsx'), 'DevicePage') });
const changesRoute = createRoute({ ...page, path: '/changes', validateSearch: search('q', 'page'), component: lazyRouteComponent(() => import('./features/changes/changes.page.tsx'), 'ChangesPage') });
const systemRoute = createRoute({ ...page, path: '/system', validateSearch: search('tab', 'site'), component: lazyRouteComponent(() => import('./features/system/system.page.tsx'), 'SystemPage') });
const nowhereRoute = createRoute({ ...page, path: '$', component: PageNotFound });
const accountRoute = createRoute({ ...page, path: '/account', component: lazyRouteComponent(() => import('./features/session/account.page.tsx'), 'AccountPage') });

const myRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/my',
  errorComponent: ShellFault,
  beforeLoad: async ({ context, location }) => ({ session: await signedIn(context.client, location.href) }),
  component: lazyRouteComponent(() => import('./features/self-service/self-shell.tsx'), 'SelfShell'),
});
const myCallsRoute = createRoute({ getParentRoute: () => myRoute, path: '/', component: lazyRouteComponent(() => import('./features/self-service/my-calls.page.tsx'), 'MyCallsPage') });
const myVoicemailRoute = createRoute({ getParentRoute: () => myRoute, path: '/voicemail', validateSearch: search('box', 'tab'), component: lazyRouteComponent(() => import('./features/self-service/my-voicemail.page.tsx'), 'MyVoicemailPage') });
const myAccountRoute = createRoute({ getParentRoute: () => myRoute, path: '/account', component: lazyRouteComponent(() => import('./features/self-service/my-account.page.tsx'), 'MyAccountPage') });

const routeTree = rootRoute.addChildren([
  signInRoute,
  appRoute.addChildren([overviewRoute, usersRoute, newUserRoute, userRoute, numbersRoute, newNumberRoute, numberRoute, dialPlanRoute, callsRoute, testRoute, explainRoute, mailboxesRoute, newMailboxRoute, mailboxRoute, devicesRoute, newDeviceRoute, deviceProfilesRoute, newDeviceProfileRoute, deviceProfileRoute, deviceRoute, changesRoute, systemRoute, accountRoute, nowhereRoute]),
  myRoute.addChildren([myCallsRoute, myVoicemailRoute, myAccountRoute]),
]);

export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultErrorComponent: PageFault,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    // plain text in the URL: 1002 stays 1002 and is never quoted
    parseSearch: parseSearchWith((value) => value),
    stringifySearch: stringifySearchWith(String),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
