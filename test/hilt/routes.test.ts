import { describe, expect, it } from 'vitest';
import { routeOf, routeTable } from '../../src/hilt/routes.ts';
import { isClientSafeSpecifier, isSdkDependency, isSdkSpecifier, methodAuth, sdkMethods } from '../../src/hilt/sdk.ts';

describe('a route', () => {
  it.each([
    ['GET', '/v1/products', 'key'],
    ['GET', '/v1/products/prod_1', 'key'],
    ['GET', '/v1/products?limit=1', 'key'],
    ['GET', '/v1/products/', 'key'],
    ['GET', '/v1/products/p/coffee', 'public'],
    ['POST', '/v1/products/p/coffee/connect', 'public'],
    ['POST', '/v1/products/prod_1/handoff-link', 'key'],
    ['GET', '/v1/memberships/m_1/notes', 'key'],
    ['POST', '/v1/receipt', 'key'],
    ['GET', '/v1/receipt/r_1', 'key'],
    ['GET', '/v1/receipt/r_1/public', 'public'],
    ['GET', '/v1/receipt/r_1/pdf', 'public'],
    ['GET', '/v1/receipt/r_1/pdf/private', 'key'],
    ['GET', '/v1/payments/p_1', 'public'],
    ['POST', '/v1/access/entitlements/check', 'key'],
    ['GET', '/v1/access/entitlements/e_1', 'key'],
    ['POST', '/v1/access/agent-bootstrap', 'public'],
    ['POST', '/v1/access/agent-bootstrap/i_1/approve', 'session'],
    ['POST', '/v1/access/metered-sessions/s_1/authorize', 'public'],
    ['POST', '/v1/access/metered-sessions/s_1/settle', 'key'],
    ['POST', '/v1/testing/sessions', 'key'],
    ['POST', '/v1/auth/login', 'public'],
    ['POST', '/v1/auth/refresh', 'session'],
    ['POST', '/v1/keys', 'session'],
    ['DELETE', '/v1/keys/k_1', 'session'],
    ['GET', '/v1/account/settings', 'session'],
    ['GET', '/v1/billing/summary', 'session'],
    ['POST', '/v1/billing/webhooks/stripe', 'public'],
    ['GET', '/v1/webhooks/endpoints/w_1/deliveries', 'session'],
    ['POST', '/v1/access/webhooks', 'key'],
    ['GET', '/v1/pay-me/session', 'payme'],
    ['GET', '/v1/pay-me/alice', 'public'],
    ['POST', '/v1/pay-me/alice/checkouts', 'public'],
    ['POST', '/mcp', 'public'],
    ['POST', '/mcp/pay-me', 'payme'],
    [undefined, '/v1/receipts/export.csv', 'key'],
  ])('%s %s takes: %s', (method, path, auth) => {
    expect(routeOf(method, path)?.auth).toBe(auth);
  });

  it.each(['/', '/v1', '/v1/unknown', '/api/products', '/v2/products', ''])('is not known: %s', (path) => {
    expect(routeOf('GET', path)).toBeUndefined();
  });

  it('has a source in every row, and stands once', () => {
    for (const route of routeTable) expect(route.source).not.toBe('');
    const rows = routeTable.map(({ method, pattern }) => `${method} ${pattern}`);
    expect(new Set(rows).size).toBe(rows.length);
  });
});

describe('the SDK', () => {
  it.each([
    ['products', 'list', 'key'], ['checkout', 'getProduct', 'none'], ['payments', 'get', 'none'], ['receipts', 'getPublic', 'none'], ['receipts', 'get', 'key'],
    ['memberships', 'lookup', 'key'], ['support', 'create', 'key'], ['payApi', 'checkEntitlement', 'key'], ['access', 'agentBootstrap', 'none'],
    ['payApi', 'approveAgentSetup', 'bearer'], ['webhooks', 'listEndpoints', 'bearer'], ['pay_api', 'check_entitlement', 'key'], ['pay_api', 'settle_x402', 'key'],
  ])('authenticates %s.%s by %s', (resource, method, auth) => {
    expect(methodAuth(resource, method)).toBe(auth);
  });

  it('has no method that it does not have', () => {
    expect(methodAuth('products', 'explode')).toBeUndefined();
    expect(methodAuth('router', 'push')).toBeUndefined();
    expect(new Set(sdkMethods.map(({ method }) => method)).size).toBe(sdkMethods.length);
  });

  it('is known by its specifiers and its dependencies', () => {
    for (const specifier of ['@hiltpay/sdk', '@hiltpay/sdk/protect', 'npm:@hiltpay/sdk@1.4.0', 'https://esm.sh/@hiltpay/sdk@1.4.0/x402']) expect(isSdkSpecifier(specifier), specifier).toBe(true);
    for (const specifier of ['@hiltpay/sdk-extras', '@hilt-review/sdk', 'hiltpay', './@hiltpay/sdkish']) expect(isSdkSpecifier(specifier), specifier).toBe(false);
    expect(isClientSafeSpecifier('@hiltpay/sdk/x402')).toBe(true);
    expect(isClientSafeSpecifier('@hiltpay/sdk')).toBe(false);
    expect(isSdkDependency('@hiltpay/sdk', '^1.4.0')).toBe(true);
    expect(isSdkDependency('payments', 'https://www.hilt.so/downloads/hilt-sdk-1.5.0.tgz')).toBe(true);
    expect(isSdkDependency('hilt', '^1.0.0')).toBe(false);
  });
});
