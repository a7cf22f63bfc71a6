import { describe, expect, it } from 'vitest';
import { exposuresOf } from '../../../src/project/client/exposures.ts';
import { linkedProject } from '../../support/linked-project.ts';

const vite = { 'package.json': '{"devDependencies":{"vite":"8.3.8"}}', 'index.html': '<script type="module" src="/src/main.ts"></script>' };
const use = (value: string): string => `fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': ${value} } });\n`;

/** `file:line name` of every finding. */
function found(files: Readonly<Record<string, string>>): string[] {
  const all = { ...vite, ...files };
  return [...exposuresOf(linkedProject(all))].flatMap(([file, exposures]) => exposures.map(({ at, name }) => `${file}:${(all[file as keyof typeof all] ?? '').slice(0, at[0]).split('\n').length} ${name}`)).sort();
}

const key = 'import.meta.env.VITE_HILT_API_KEY';
const origin = ['src/store.ts:2 VITE_HILT_API_KEY'];

describe('a slot that is filled from a state', () => {
  it.each([
    ['useStore of zustand', `import { create } from 'zustand';\nexport const useShop = create((set) => ({ hiltKey: ${key}, rename: (name) => set({ name }) }));\n`, `import { useShop } from './store';\nconst hiltKey = useShop((state) => state.hiltKey);\n${use('hiltKey')}${use('useShop.getState().hiltKey')}`],
    ['zustand with types and middleware', `import { create } from 'zustand';import { persist } from 'zustand/middleware';\nexport const useShop = create<Shop>()(persist((set) => ({ hiltKey: ${key} }), { name: 'shop' }));\n`, `import { useShop } from './store';\n${use('useShop((state) => state.hiltKey)')}`],
    ['pinia', `import { defineStore } from 'pinia';\nexport const useShop = defineStore('shop', { state: () => ({ hiltKey: ${key} }) });\n`, `import { useShop } from './store';\n${use('useShop().hiltKey')}`],
    ['a setup store of pinia', `import { defineStore } from 'pinia';import { ref } from 'vue';\nexport const useShop = defineStore('shop', () => ({ hiltKey: ref(${key}) }));\n`, `import { storeToRefs } from 'pinia';\nimport { useShop } from './store';\nconst { hiltKey } = storeToRefs(useShop());\n${use('hiltKey.value')}`],
    ['Redux Toolkit', `import { configureStore, createSlice } from '@reduxjs/toolkit';\nconst shop = createSlice({ name: 'shop', initialState: { hiltKey: ${key} }, reducers: {} });\nexport const store = configureStore({ reducer: { shop: shop.reducer } });\n`, `import { useSelector } from 'react-redux';\nimport { store } from './store';\n${use('useSelector((state) => state.shop.hiltKey)')}${use('store.getState().shop.hiltKey')}`],
    ['jotai', `import { atom } from 'jotai';\nexport const keyAtom = atom(${key});\n`, `import { useAtom, useAtomValue } from 'jotai';\nimport { keyAtom } from './store';\nconst [hiltKey] = useAtom(keyAtom);\n${use('hiltKey')}${use('useAtomValue(keyAtom)')}`],
    ['nanostores', `import { atom } from 'nanostores';\nexport const $key = atom(${key});\n`, `import { useStore } from '@nanostores/react';\nimport { $key } from './store';\n${use('$key.get()')}${use('useStore($key)')}`],
    ['refs of Vue', `import { computed, reactive, ref } from 'vue';\nconst held = ref(${key});\nexport const state = reactive({ held });\nexport const shown = computed(() => held.value);\n`, `import { shown, state } from './store';\n${use('shown.value')}${use('state.held')}`],
    ['state of React', `import { useMemo, useRef, useState } from 'react';\nconst hiltKey = ${key};\nexport function useKey() { const [held] = useState(() => hiltKey); const again = useRef(held); return useMemo(() => again.current, []); }\n`, `import { useKey } from './store';\n${use('useKey()')}`],
    ['provide and inject', `import { createApp } from 'vue';\nexport const app = createApp({}).provide('hiltKey', ${key});\n`, `import { inject } from 'vue';\nimport { app } from './store';\napp.mount('#app');\n${use("inject('hiltKey')")}`],
    ['a token of Angular', `import { InjectionToken } from '@angular/core';export const HILT = new InjectionToken('hilt');\nexport const config = { providers: [{ provide: HILT, useFactory: () => ${key} }] };\n`, `import { inject } from '@angular/core';\nimport { bootstrapApplication } from '@angular/platform-browser';\nimport { config, HILT } from './store';\nbootstrapApplication(App, config);\nclass App { key = inject(HILT); pay() { ${use('this.key').trim()} } }\n`],
  ])('is one finding, at the key: %s', (_, store, main) => {
    expect(found({ 'src/store.ts': store, 'src/main.ts': main })).toEqual(origin);
  });

  it('follows a store of Svelte that is read with `$`, and a context', () => {
    const files = {
      'src/main.ts': "import App from './App.svelte';\nnew App({ target: document.body });\n",
      'src/store.ts': `import { writable } from 'svelte/store';\nexport const key = writable(${key});\n`,
      'src/App.svelte': `<script>\nimport { setContext } from 'svelte';\nimport Pay from './Pay.svelte';\nimport { key } from './store';\nsetContext('hilt', { live: import.meta.env.VITE_HILT_LIVE_KEY });\n${use('$key')}</script>\n<Pay />\n`,
      'src/Pay.svelte': `<script>\nimport { getContext } from 'svelte';\nconst { live } = getContext('hilt');\n${use('live')}</script>\n`,
    };
    expect(found(files)).toEqual(['src/App.svelte:5 VITE_HILT_LIVE_KEY', ...origin]);
  });

  it.each([
    ['what begins empty', "import { create } from 'zustand';\nexport const useShop = create((set) => ({ hiltKey: '', setKey: (hiltKey) => set({ hiltKey }) }));\n", 'useShop((state) => state.hiltKey)'],
    ['another part of the state', `import { create } from 'zustand';\nexport const useShop = create(() => ({ other: 'x', hiltKey: undefined, name: 'shop' }));\n`, 'useShop((state) => state.hiltKey)'],
    ['a library that is not known', "import { create } from 'own-state';\nexport const useShop = create(() => ({ hiltKey: window.key }));\n", 'useShop((state) => state.hiltKey)'],
  ])('stays a finding at the slot: %s', (_, store, value) => {
    expect(found({ 'src/store.ts': store, 'src/main.ts': `import { useShop } from './store';\n${use(value)}` })).toEqual(['src/main.ts:2 X-Hilt-Key']);
  });

  it('takes only what is handed down under the same name', () => {
    const files = { 'src/main.ts': `import { inject, provide } from 'vue';\nprovide('other', 1);\n${use("inject('hiltKey')")}` };
    expect(found(files)).toEqual(['src/main.ts:3 X-Hilt-Key']);
  });
});
