/** Packages of Hilt's SDKs. Sources: `package.json` of hilt-sdk-js 1.4.0 and `pyproject.toml` of hilt-sdk-python 1.4.0. */
export const sdkPackages = {
  npm: '@hiltpay/sdk',
  pypi: 'hilt-sdk',
  pythonModule: 'hilt_sdk',
  /** Tarball only. */
  cli: '@hilt/cli',
} as const;

/** Whether a module specifier is Hilt's SDK for JavaScript: the package, a subpath, or a CDN's URL of it. */
export function isSdkSpecifier(specifier: string): boolean {
  return /(?:^|\/|:)@hiltpay\/sdk(?:@[^/]+)?(?:\/|$)/.test(specifier) || isSdkDownload(specifier);
}

/** Whether the specifier is the part of the SDK that a client may import. */
export function isClientSafeSpecifier(specifier: string): boolean {
  return /(?:^|\/|:)@hiltpay\/sdk(?:@[^/]+)?\/x402(?:$|[./?])/.test(specifier);
}

/** Whether a Python import names the SDK (`hilt_sdk`, `hilt_sdk.client`). */
export function isSdkPythonModule(module: string): boolean {
  return module === sdkPackages.pythonModule || module.startsWith(`${sdkPackages.pythonModule}.`);
}

/** Whether a dependency is one of Hilt's SDKs by its name, or by a URL of hilt.so's downloads (SDK 1.5.0 was only there). */
export function isSdkDependency(name: string, version = ''): boolean {
  return name === sdkPackages.npm || /^hilt[-_.]sdk$/i.test(name) || name === sdkPackages.cli || isSdkDownload(version);
}

function isSdkDownload(url: string): boolean {
  return /^https?:\/\/(?:[\w-]+\.)*hilt\.so\/downloads\/(?:hilt[-_]sdk|hiltpay)/i.test(url);
}

/** The class that takes a key, and its options by language. Sources: `client.ts`, `client.py`. */
export const clientClass = 'HiltClient';
export const clientOptions = {
  js: { key: 'apiKey', bearer: 'bearerToken', baseUrl: 'baseUrl' },
  python: { key: 'api_key', bearer: 'bearer_token', baseUrl: 'base_url' },
} as const;

/** Functions that take a webhook's signing secret, and which argument it is (from 0). Sources: `webhooks.ts`, `webhooks.py`. */
export const secretArguments: readonly { readonly name: string; readonly index: number; readonly keyword?: string }[] = [
  { name: 'verifyWebhookSignature', index: 2 },
  { name: 'constructWebhookEvent', index: 2 },
  { name: 'verify_webhook_signature', index: 2, keyword: 'signing_secret' },
  { name: 'construct_webhook_event', index: 2, keyword: 'signing_secret' },
];

/** How a method authenticates. `key` methods take a merchant's session as well; `bearer` methods throw without one. */
export type MethodAuth = 'none' | 'key' | 'bearer';

export interface SdkMethod {
  /** `resource.method` as in JavaScript; the Python name is the same in snake case. `*`: every other method of the resource. */
  readonly method: string;
  readonly auth: MethodAuth;
  /** The SDK's module that says so. */
  readonly source: string;
}

function methods(auth: MethodAuth, source: string, resource: string, names: string): SdkMethod[] {
  return names.split(' ').map((name) => ({ method: `${resource}.${name}`, auth, source }));
}

const payApiKeyMethods =
  'listRails listRailSettings updateRailSetting getSetupReadiness getProductAvailableRails getProductAvailableRailsById getNativeSubscription ' +
  'createNativeSubscriptionCancelIntent confirmNativeSubscriptionCancel createApp createProduct createPaymentSession createSandboxPaymentSession ' +
  'confirmSandboxPaymentSession submitPaymentProof checkEntitlement consumeEntitlement settleX402 getEntitlement createWebhook';

/** The methods of a client by what they authenticate with, from the SDK's per-request `auth` (JS 1.4.0 and Python 1.4.0). */
export const sdkMethods: readonly SdkMethod[] = [
  ...methods('none', 'sdk-js src/resources/checkout.ts', 'checkout', 'getProduct connect resolveHandoff broadcastPayment confirmPayment'),
  ...methods('none', 'sdk-js src/resources/payments.ts', 'payments', 'get'),
  ...methods('none', 'sdk-js src/resources/receipts.ts', 'receipts', 'getPublic verify getPdf'),
  ...methods('key', 'sdk-js src/resources/receipts.ts', 'receipts', 'create list get updateInvoiceMetadata sendProof'),
  ...methods('key', 'sdk-js src/resources/products.ts', 'products', 'create list get update archive listPayments getAnalytics createHandoffLink'),
  ...methods('key', 'sdk-js src/resources/memberships.ts', 'memberships', '*'),
  ...methods('key', 'sdk-js src/resources/support.ts', 'support', '*'),
  ...['payApi', 'access'].flatMap((resource) => [
    ...methods('none', 'sdk-js src/resources/pay-api.ts', resource, 'agentBootstrap getAgentSetupStatus submitAgentSetupManifest'),
    ...methods('bearer', 'sdk-js src/resources/pay-api.ts', resource, 'approveAgentSetup'),
    ...methods('key', 'sdk-js src/resources/pay-api.ts', resource, payApiKeyMethods),
  ]),
  ...methods('bearer', 'sdk-js src/resources/webhooks.ts', 'webhooks',
    'listEndpoints createEndpoint updateEndpoint disableEndpoint sendTestEvent listDeliveries replayDelivery getTimeline listEvents'),
];

const authByMethod = new Map(sdkMethods.map(({ method, auth }) => [method, auth]));

/** How `client.resource.method` authenticates, in JavaScript's or Python's spelling; `undefined` for what is no resource of the SDK. */
export function methodAuth(resource: string, method: string): MethodAuth | undefined {
  const owner = camelCase(resource);
  return authByMethod.get(`${owner}.${camelCase(method)}`) ?? authByMethod.get(`${owner}.*`);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Properties of Hilt's responses that are secrets. Source: OpenAPI schemas of keys, agent bootstrap, webhook endpoints, auth. */
export const secretFields: readonly string[] = ['raw_key', 'sandbox_api_key', 'live_api_key', 'setup_token', 'signing_secret', 'delivery_claim'];
