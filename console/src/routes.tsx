import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import * as v from 'valibot';
import { activitySearch } from './activity/view';
import { NotFound } from './layout/NotFound';
import { Root } from './layout/Root';
import { teamsSearch } from './teams/view';
import { ProblemNote } from './ui/Problem';
import { asProblem } from './ui/useAction';
import { Overview } from './user/Overview';
import { UserShow } from './user/UserShow';
import { UserList } from './users/UserList';
import { usersSearch } from './users/view';

/* The screens by their addresses. What a visit begins with is loaded at once, the others when they are opened. */

const page = v.object({
  page: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))), undefined),
});
const text = v.fallback(v.optional(v.string()), undefined);
const place = v.object({ after: text, before: text });

const root = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <ProblemNote problem={asProblem(error)} />,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/users', replace: true });
  },
});

const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  validateSearch: usersSearch,
  component: UserList,
});

const user = createRoute({ getParentRoute: () => root, path: '/users/$userId', component: UserShow });
const overview = createRoute({ getParentRoute: () => user, path: '/', component: Overview });
const sessions = createRoute({
  getParentRoute: () => user,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./user/Sessions'), 'Sessions'),
});
const userActivity = createRoute({
  getParentRoute: () => user,
  path: '/activity',
  validateSearch: page,
  component: lazyRouteComponent(() => import('./user/UserActivity'), 'UserActivity'),
});
const memberships = createRoute({
  getParentRoute: () => user,
  path: '/memberships',
  component: lazyRouteComponent(() => import('./user/Memberships'), 'Memberships'),
});
const targets = createRoute({
  getParentRoute: () => user,
  path: '/targets',
  component: lazyRouteComponent(() => import('./user/Targets'), 'Targets'),
});
const identities = createRoute({
  getParentRoute: () => user,
  path: '/identities',
  component: lazyRouteComponent(() => import('./user/Identities'), 'Identities'),
});
const json = createRoute({
  getParentRoute: () => user,
  path: '/json',
  component: lazyRouteComponent(() => import('./user/UserJson'), 'UserJson'),
});

const teams = createRoute({
  getParentRoute: () => root,
  path: '/teams',
  validateSearch: teamsSearch,
  component: lazyRouteComponent(() => import('./teams/TeamList'), 'TeamList'),
});
const team = createRoute({
  getParentRoute: () => root,
  path: '/teams/$teamId',
  validateSearch: place,
  component: lazyRouteComponent(() => import('./teams/TeamShow'), 'TeamShow'),
});

const usage = createRoute({
  getParentRoute: () => root,
  path: '/usage',
  validateSearch: v.object({
    range: v.fallback(v.optional(v.picklist(['24h', '7d', '30d', '90d'])), undefined),
  }),
  component: lazyRouteComponent(() => import('./usage/Usage'), 'Usage'),
});

const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  validateSearch: activitySearch,
  component: lazyRouteComponent(() => import('./activity/ActivityFeed'), 'ActivityFeed'),
});

const webhooks = createRoute({
  getParentRoute: () => root,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./webhooks/WebhookList'), 'WebhookList'),
});
const webhook = createRoute({
  getParentRoute: () => root,
  path: '/webhooks/$webhookId',
  validateSearch: place,
  component: lazyRouteComponent(() => import('./webhooks/WebhookShow'), 'WebhookShow'),
});

const keys = createRoute({
  getParentRoute: () => root,
  path: '/keys',
  component: lazyRouteComponent(() => import('./keys/KeyList'), 'KeyList'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/Settings'), 'Settings'),
});

const userScreens = [overview, sessions, userActivity, memberships, targets, identities, json];
const routeTree = root.addChildren([
  home,
  users,
  user.addChildren(userScreens),
  teams,
  team,
  activity,
  usage,
  keys,
  webhooks,
  webhook,
  settings,
]);

export const router = createRouter({
  routeTree,
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
