import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../support/findings.ts';

/** What the three rules on requests say of a file, as `rule: text`. */
function said(file: string, text: string): string[] {
  return ['no-dashboard-auth', 'require-key-header', 'no-key-disclosure'].flatMap((rule) => findingsOf(rule, { [file]: text }).map((finding) => `${rule}: ${finding.text}`));
}

describe('Hilt\'s own documented ways to call its API are silent', () => {
  it('the SDK with a key from the environment', () => expect(said('src/hilt.ts', `
import { HiltClient } from '@hiltpay/sdk';
const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY!, baseUrl: process.env.HILT_API_URL ?? 'https://api.hilt.so', timeoutMs: 10_000 });
const products = await hilt.products.list({ limit: 1 });
const member = await hilt.memberships.lookup({ wallet });
await hilt.payApi.checkEntitlement({ external_product_id: 'report', customer_id: customer });
console.log(products.length, member.id);
`)).toEqual([]));
  it('fetch with X-Hilt-Key', () => expect(said('src/products.ts', `
const response = await fetch('https://api.hilt.so/v1/products?limit=1', {
  method: 'GET',
  headers: { 'X-Hilt-Key': process.env.HILT_API_KEY!, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
});
if (!response.ok) throw new Error(\`Hilt answered \${response.status}\`);
`)).toEqual([]));
  it('webhook management with a bearer token', () => expect(said('scripts/webhooks.ts', `
import { HiltClient } from '@hiltpay/sdk';
const hilt = new HiltClient({ bearerToken: process.env.HILT_BEARER_TOKEN });
const endpoint = await hilt.webhooks.createEndpoint({ url: 'https://shop.acme.io/hilt', events: ['payment.confirmed'] });
await fetch('https://api.hilt.so/v1/webhooks/endpoints', { headers: { Authorization: \`Bearer \${process.env.HILT_BEARER_TOKEN}\` } });
console.log(endpoint.id, endpoint.signing_secret_preview);
`)).toEqual([]));
  it('webhook verification', () => expect(said('app/api/hilt/webhook/route.ts', `
import { constructWebhookEvent } from '@hiltpay/sdk';
export async function POST(request: Request) {
  const secret = process.env.HILT_WEBHOOK_SECRET?.trim();
  if (!secret) return Response.json({ error: 'HILT_WEBHOOK_SECRET is not set' }, { status: 500 });
  const event = constructWebhookEvent(await request.text(), request.headers.get('x-hilt-signature')!, secret);
  console.log('hilt webhook', event.id, event.type);
  return Response.json({ received: true });
}
`)).toEqual([]));
  it('the public client without a key', () => expect(said('src/checkout.ts', `
import { HiltClient } from '@hiltpay/sdk';
const hilt = new HiltClient();
const product = await hilt.checkout.getProduct('tea');
const session = await hilt.checkout.connect('tea', { wallet });
const payment = await hilt.payments.get(session.payment_id);
const receipt = await hilt.receipts.getPublic(payment.receipt_id);
console.log(hilt, product, receipt);
`)).toEqual([]));
  it('the x402 flow of a buyer', () => expect(said('src/buyer.ts', `
import { createPaymentSignature, decodePaymentRequiredHeader } from '@hiltpay/sdk/x402';
const first = await fetch('https://shop.acme.io/api/report');
const required = decodePaymentRequiredHeader(first.headers.get('PAYMENT-REQUIRED')!);
const signature = await createPaymentSignature(required, wallet);
const paid = await fetch('https://shop.acme.io/api/report', { headers: { 'PAYMENT-SIGNATURE': signature, 'X-Customer-Id': customer } });
`)).toEqual([]));
  it('a protected endpoint', () => expect(said('src/report.ts', `
import { HiltClient } from '@hiltpay/sdk';
import { protectEndpoint } from '@hiltpay/sdk/protect';
const client = new HiltClient({ apiKey: process.env.HILT_API_KEY });
export const GET = protectEndpoint({ client, externalProductId: 'report', handler: async () => Response.json({ report: 'paid' }) });
`)).toEqual([]));
  it('agent bootstrap', () => expect(said('src/agent.ts', `
import { HiltClient } from '@hiltpay/sdk';
const hilt = new HiltClient();
const setup = await hilt.payApi.agentBootstrap({ agent_name: 'Report agent', requested_permissions: ['access:read'] });
console.log(setup.owner_approval_url, setup.setup_intent_id, setup.sandbox_key_prefix);
const status = await hilt.payApi.getAgentSetupStatus(setup.setup_intent_id, { setup_token: setup.setup_token });
await fetch(\`https://api.hilt.so/v1/access/agent-bootstrap/\${setup.setup_intent_id}/status\`, { method: 'POST', body: JSON.stringify({ setup_token: setup.setup_token }) });
`)).toEqual([]));
  it('a metered session that a payer signs', () => expect(said('src/metered.ts', `
await fetch(\`https://api.hilt.so/v1/access/metered-sessions/\${id}/authorize\`, { method: 'POST', headers: { Authorization: \`Payment \${credential}\` } });
`)).toEqual([]));
  it('a sign-in to the dashboard, and keys made with it', () => expect(said('scripts/keys.ts', `
const { token } = await (await fetch('https://api.hilt.so/v1/auth/login', { method: 'POST', body: JSON.stringify({ email, password }) })).json();
const { key } = await (await fetch('https://api.hilt.so/v1/keys', { method: 'POST', headers: { Authorization: \`Bearer \${token}\` }, body: JSON.stringify({ name: 'Support scripts', permissions: ['read'] }) })).json();
console.log(key.id, key.key_prefix);
`)).toEqual([]));
  it('curl with a key', () => expect(said('scripts/check.sh', `#!/usr/bin/env bash
curl -sS "https://api.hilt.so/v1/products?limit=1" \\
  -H "X-Hilt-Key: $HILT_API_KEY"
`)).toEqual([]));
  it('Python with httpx, requests and the SDK', () => expect(said('main.py', `
import os
import httpx
import requests
from hilt_sdk import HiltClient

HILT_API_KEY = os.getenv("HILT_API_KEY", "")
HILT_API_URL = os.getenv("HILT_API_URL", "https://api.hilt.so")

async def check(customer):
    async with httpx.AsyncClient(base_url=HILT_API_URL) as client:
        response = await client.post("/v1/access/entitlements/check", headers={"X-Hilt-Key": HILT_API_KEY}, json={"customer_id": customer})
        return response.json()

products = requests.get(f"{HILT_API_URL}/v1/products", headers={"X-Hilt-Key": HILT_API_KEY}).json()
hilt = HiltClient(api_key=os.environ["HILT_API_KEY"])
print(hilt.products.list(), bool(HILT_API_KEY))
`)).toEqual([]));
  it('tests of an SDK with its own transport', () => expect(said('test/client.test.ts', `
import { HiltClient } from '@hiltpay/sdk';
const calls: unknown[] = [];
const hilt = new HiltClient({ apiKey: 'test-key', baseUrl: 'https://api.hilt.test', fetch: async (url, init) => { calls.push([url, init]); return Response.json({}); } });
await hilt.products.list();
expect(calls[0]).toEqual(['https://api.hilt.test/v1/products', { headers: { 'X-Hilt-Key': 'test-key' } }]);
`)).toEqual([]));
});
