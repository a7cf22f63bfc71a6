/**
 * What a route authenticates with: nothing (`public`), a merchant's key (`key`; Hilt's documentation lets a dashboard session
 * through as well), a dashboard session (`session`), or PayMe's own identity (`payme`).
 */
export type RouteAuth = 'public' | 'key' | 'session' | 'payme';

export interface Route {
  /** The HTTP method where the route's others authenticate differently, or where only one is known; else `*`. */
  readonly method: string;
  /** `{x}` stands for one path segment, `/**` for anything below. */
  readonly pattern: string;
  readonly auth: RouteAuth;
  /** Where it is said. `inferred` where Hilt's material does not say it in so many words. */
  readonly source: string;
}

function routes(auth: RouteAuth, source: string, lines: readonly string[]): Route[] {
  return lines.map((line) => {
    const [first = '', second] = line.split(' ');
    return second === undefined ? { method: '*', pattern: first, auth, source } : { method: first, pattern: second, auth, source };
  });
}

/** The routes of api.hilt.so. The OpenAPI document declares no security, so each group names what it is taken from. */
export const routeTable: readonly Route[] = [
  ...routes('public', 'openapi /health', ['/health', '/v1/health']),
  ...routes('public', 'docs advanced/auth-account-keys', [
    '/v1/auth/register', '/v1/auth/login', '/v1/auth/wallet', '/v1/auth/oauth/providers', '/v1/auth/oauth/{provider}/start', '/v1/auth/oauth/{provider}/callback',
  ]),
  ...routes('public', 'sdk-js receipts.ts, auth none', ['/v1/receipt/{id}/public', '/v1/receipt/{id}/verify', '/v1/receipt/{id}/pdf']),
  ...routes('public', 'openapi access/agent-bootstrap; sdk-js pay-api.ts, auth none', [
    '/v1/access/agent-bootstrap', '/v1/access/agent-bootstrap/{id}/status', '/v1/access/agent-bootstrap/{id}/manifest',
  ]),
  ...routes('public', 'openapi pay; sdk-js checkout.ts, auth none', ['/v1/pay/**']),
  ...routes('public', 'sdk-js checkout.ts, auth none', ['/v1/products/p/{slug}', '/v1/products/p/{slug}/connect', '/v1/products/p/{slug}/resolve-handoff']),
  ...routes('public', 'sdk-js payments.ts, auth none', ['/v1/payments/{payment_id}']),
  ...routes('public', 'openapi, security []', ['/v1/agent-commerce/**', '/mcp', '/a2a/jsonrpc', '/agentverse/a2a', '/.well-known/**']),
  ...routes('public', 'openapi pay-me', ['/v1/pay-me/payments', '/v1/pay-me/payments/{public_id}']),
  ...routes('public', 'postman, Authorization: Payment', ['/v1/access/metered-sessions/{id}/authorize', '/v1/access/metered-sessions/{id}/commits']),
  ...routes('public', 'openapi billing webhook, Stripe-Signature', ['/v1/billing/webhooks/stripe']),
  ...routes('public', 'docs site', ['/v1/catalog', '/v1/solana/transaction-evidence', '/v1/openapi.json', '/embed.js', '/downloads/**', '/oauth/**']),

  ...routes('key', 'docs api-keys; sdk-js products.ts', [
    '/v1/products', '/v1/products/{id}', '/v1/products/{id}/payments', '/v1/products/{id}/analytics', '/v1/products/{id}/handoff-link',
  ]),
  ...routes('key', 'docs api-keys; sdk-js memberships.ts', ['/v1/memberships', '/v1/memberships/**']),
  ...routes('key', 'docs api-keys; sdk-js receipts.ts', [
    'POST /v1/receipt', '/v1/receipt/{id}', '/v1/receipt/{id}/pdf/private', '/v1/receipt/{id}/invoice-metadata', '/v1/receipt/{id}/send-proof',
    '/v1/receipts', '/v1/receipts/export.csv',
  ]),
  ...routes('key', 'docs api-keys; sdk-js support.ts', ['/v1/support/tickets', '/v1/support/tickets/{id}', '/v1/support/tickets/{id}/message']),
  ...routes('key', 'docs testing', ['/v1/testing/scenarios', '/v1/testing/sessions', '/v1/testing/sessions/{id}']),
  ...routes('key', 'docs developers/integrations', [
    '/v1/integrations/health', '/v1/integrations/events', '/v1/integrations/zapier/hooks', '/v1/integrations/zapier/hooks/{id}',
  ]),
  ...routes('key', 'docs api-keys; sdk-js pay-api.ts; postman', [
    '/v1/access/rails', '/v1/access/rail-settings', '/v1/access/rail-settings/{rail}',
    '/v1/access/native-subscriptions/{id}', '/v1/access/native-subscriptions/{id}/cancel-intent', '/v1/access/native-subscriptions/{id}/cancel-confirm',
    '/v1/access/apps', '/v1/access/products', '/v1/access/products/available-rails', '/v1/access/products/{id}/available-rails',
    '/v1/access/setup/readiness', '/v1/access/payment-sessions',
    '/v1/access/metered-sessions', '/v1/access/metered-sessions/{id}', '/v1/access/metered-sessions/{id}/deliveries', '/v1/access/metered-sessions/{id}/settle',
    '/v1/access/sandbox/payment-sessions', '/v1/access/sandbox/payment-sessions/{id}/confirm', '/v1/access/payment-proofs', '/v1/access/x402/settle',
    '/v1/access/entitlements/check', '/v1/access/entitlements/consume', '/v1/access/entitlements/{id}', '/v1/access/webhooks',
  ]),

  ...routes('session', 'openapi auth', ['/v1/auth/logout', '/v1/auth/refresh']),
  ...routes('session', 'docs security-best-practices', [
    '/v1/account', '/v1/account/**', '/v1/keys', '/v1/keys/{key_id}',
    '/v1/billing/summary', '/v1/billing/checkout/stripe', '/v1/billing/portal/stripe', '/v1/billing/refresh/stripe',
  ]),
  ...routes('session', 'sdk-js webhooks.ts, pinned to bearer', ['/v1/webhooks', '/v1/webhooks/**']),
  ...routes('session', 'sdk-js pay-api.ts, pinned to bearer', ['/v1/access/agent-bootstrap/{id}/approve']),
  ...routes('session', 'inferred', ['/v1/access/billing/entitlement', '/v1/access/billing/checkout/stripe', '/v1/checkout-domains']),

  ...routes('payme', 'openapi pay-me, PayMe OAuth', [
    '/v1/connectors/grok/authorization', '/mcp/pay-me', '/v1/pay-me/session', '/v1/pay-me/security', '/v1/pay-me/security/**', '/v1/pay-me/profile',
    '/v1/pay-me/wallet-links', '/v1/pay-me/wallet-links/**', '/v1/pay-me/orders', '/v1/pay-me/orders/**',
    '/v1/pay-me/payment-requests', '/v1/pay-me/payment-requests/**', '/v1/pay-me/payment-intents', '/v1/pay-me/payment-intents/**',
    '/v1/pay-me/connector-connections', '/v1/pay-me/connector-connections/**',
  ]),
  // Last of PayMe: any name of two levels is a user's handle.
  ...routes('public', 'openapi pay-me', ['/v1/pay-me/{x_handle}', '/v1/pay-me/{x_handle}/checkouts']),
];

interface Compiled { readonly route: Route; readonly pattern: RegExp; readonly weight: number }

let compiled: readonly Compiled[] | undefined;

/** Most commits ask for no route at all. */
function compiledRoutes(): readonly Compiled[] {
  compiled ??= routeTable
    .map((route) => ({ route, pattern: compile(route.pattern), weight: weightOf(route.pattern) }))
    .sort((a, b) => b.weight - a.weight);
  return compiled;
}

function compile(pattern: string): RegExp {
  const source = pattern
    .replace(/[.]/g, '\\.')
    .replace(/\/\*\*$/, '(?:/.*)?')
    .replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${source}$`);
}

/** Named segments weigh more than any number of open ones after them, so the most specific pattern is tried first. */
function weightOf(pattern: string): number {
  return pattern
    .split('/')
    .slice(1)
    .reduce((sum, segment, i) => sum + (segment === '**' ? 0 : segment.startsWith('{') ? 1 : 3) * 4 ** (8 - i), 0);
}

/**
 * The route that a request to api.hilt.so takes, or `undefined` for a path that Hilt does not document. `path` may hold a query,
 * a fragment and placeholders for unknown parts (`/v1/products/{id}`); `method` may be `undefined` where the code does not tell.
 */
export function routeOf(method: string | undefined, path: string): Route | undefined {
  const plain = (path.split(/[?#]/)[0] ?? '').replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  const wanted = method?.toUpperCase();
  return compiledRoutes().find(({ route, pattern }) => (route.method === '*' || wanted === undefined || route.method === wanted) && pattern.test(plain))?.route;
}
