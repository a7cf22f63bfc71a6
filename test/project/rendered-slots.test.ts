import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../support/findings.ts';
import { randomText } from '../support/keys.ts';

const random = randomText('rendered', 24);
const provider = "import { HiltClient } from '@hiltpay/sdk';\nexport function HiltProvider({ apiKey, children }) {\n  const client = new HiltClient({ apiKey });\n  return <Shop.Provider value={client}>{children}</Shop.Provider>;\n}\n";

function found(files: Readonly<Record<string, string>>): string[] {
  return foundIn('no-hardcoded-key', files);
}

describe('a random literal in a prop', () => {
  it('that fills a slot in its component is a key', () => {
    expect(found({ 'app.tsx': `import { HiltProvider } from './provider';\nexport const App = () => <HiltProvider apiKey="${random}" />;\n`, 'provider.tsx': provider })).toEqual([`2: "${random}"`]);
    expect(found({ 'app.tsx': `import { HiltProvider } from './provider';\nconst props = { apiKey: '${random}' };\nexport const App = () => <HiltProvider {...props} />;\n`, 'provider.tsx': provider })).toEqual([`2: '${random}'`]);
    expect(found({ 'app.ts': `import { HiltProvider } from './provider';\nexport const App = () => createElement(HiltProvider, { apiKey: '${random}' });\n`, 'provider.tsx': provider })).toEqual([`2: '${random}'`]);
    expect(found({ 'app.tsx': `import { memo } from 'react';\nimport { HiltProvider } from './provider';\nconst Provider = memo(HiltProvider);\nexport const App = () => <Provider apiKey="${random}" />;\n`, 'provider.tsx': provider })).toEqual([`4: "${random}"`]);
  });

  it('that fills a header, through a function in the component, is a key', () => {
    const pay = 'export const Pay = ({ token }) => <button onClick={() => fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": token } })} />;\n';
    expect(found({ 'app.tsx': `import { Pay } from './pay';\nexport const App = () => <Pay token="${random}" />;\n`, 'pay.tsx': pay })).toEqual([`2: "${random}"`]);
  });

  it('of a component of Vue or Svelte is a key', () => {
    const vue = "<script setup>\nimport { HiltClient } from '@hiltpay/sdk';\nconst props = defineProps(['apiKey']);\nconst hilt = new HiltClient({ apiKey: props.apiKey });\n</script>\n";
    expect(found({ 'app.vue': `<script setup>\nimport Shop from './shop.vue';\n</script>\n<template>\n  <Shop api-key="${random}" />\n</template>\n`, 'shop.vue': vue })).toEqual([`5: ${random}`]);
    const svelte = "<script>\nimport { HiltClient } from '@hiltpay/sdk';\nexport let apiKey;\nconst hilt = new HiltClient({ apiKey });\n</script>\n";
    expect(found({ 'app.svelte': `<script>\nimport Shop from './shop.svelte';\n</script>\n<Shop apiKey="${random}" />\n`, 'shop.svelte': svelte })).toEqual([`4: ${random}`]);
  });

  it('of a component that a package for Hilt gives is a key', () => {
    expect(found({ 'app.tsx': `import { Provider } from '@hiltpay/react';\nexport const App = () => <Provider apiKey="${random}" />;\n` })).toEqual([`2: "${random}"`]);
    expect(found({ 'app.tsx': `import '@hiltpay/sdk';\nimport { HiltProvider } from '@acme/payments';\nexport const App = () => <HiltProvider apiKey="${random}" />;\n` })).toEqual([`3: "${random}"`]);
  });

  it('is replaced by code in braces', () => {
    const [inJsx] = findingsOf('no-hardcoded-key', { 'app.tsx': `import { HiltProvider } from './provider';\nexport const App = () => <HiltProvider apiKey="${random}" />;\n`, 'provider.tsx': provider });
    expect(inJsx?.report.suggestions?.[0]?.edits.map(({ text }) => text)).toEqual(['{process.env.HILT_API_KEY}']);
    const [inCall] = findingsOf('no-hardcoded-key', { 'app.tsx': `import { HiltProvider } from './provider';\nexport const App = () => createElement(HiltProvider, { apiKey: "${random}" });\n`, 'provider.tsx': provider });
    expect(inCall?.report.suggestions?.[0]?.edits.map(({ text }) => text)).toEqual(['process.env.HILT_API_KEY']);
  });

  it('is none where the prop fills nothing, holds a name for tests or is read', () => {
    expect(found({ 'app.tsx': `import { HiltProvider } from './provider';\nexport const App = () => <HiltProvider apiKey="test-key" traceId="${random}" />;\n`, 'provider.tsx': provider })).toEqual([]);
    expect(found({ 'app.tsx': "import { HiltProvider } from './provider';\nexport const App = () => <HiltProvider apiKey={process.env.HILT_API_KEY} />;\n", 'provider.tsx': provider })).toEqual([]);
    expect(found({ 'app.tsx': `import '@hiltpay/sdk';\nimport { MapProvider } from '@acme/maps';\nexport const App = () => <MapProvider apiKey="${random}" />;\n` })).toEqual([]);
    expect(found({ 'app.tsx': `import { HiltAndroidApp } from '@acme/dagger';\nexport const App = () => <HiltAndroidApp apiKey="${random}" />;\n` })).toEqual([]);
  });
});
