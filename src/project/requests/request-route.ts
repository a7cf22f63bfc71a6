import { routeOf, type RouteAuth } from '../../hilt/routes.ts';
import type { Request, UrlParts } from './request.ts';

/** What the request's route authenticates with. Of several ways that it may go, one that takes a key counts. */
export function authOf(method: string | undefined, { hostName, paths }: UrlParts): RouteAuth | 'unknown' {
  if (hostName !== undefined && /^(?:www\.|pay\.|docs\.)?hilt\.so(?::\d+)?$/.test(hostName)) return 'public';
  // The dashboard's own pages take its session.
  const isDashboard = hostName !== undefined && /^app\.hilt\.so(?::\d+)?$/.test(hostName);
  const known = paths.map((path) => (path === '' || path === '/' ? 'public' : routeOf(method, path)?.auth ?? (isDashboard && /^\/(?!v\d|\{)/.test(path) ? 'session' : 'unknown')));
  return known.find((auth) => auth === 'key') ?? known.find((auth) => auth === 'unknown') ?? known[0] ?? 'unknown';
}

/** `GET /v1/products`; the host where the path is unknown. */
export function labelOf(method: string | undefined, { hostName, paths }: UrlParts): string {
  const path = paths.find((each) => routeOf(method, each)?.auth === 'key') ?? paths[0];
  const what = path === undefined || path === '' ? hostName ?? 'Hilt' : path;
  return method === undefined ? what : `${method} ${what}`;
}

/** Whether the request signs in to the dashboard. Source: OpenAPI `/v1/auth/*`, whose answer holds a session's `token`. */
export function isLogin({ url }: Request): boolean {
  return (url.host === 'hilt' || url.host === 'probably-hilt') && url.paths.some((path) => /\/auth\/(?:login|wallet|register|refresh)$/.test(path));
}
